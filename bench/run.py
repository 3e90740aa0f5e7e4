"""Runs commands in turn, several rounds, and prints JSON: best wall seconds, its CPU seconds, the least CPU seconds, and peak MB of each."""
import json, os, subprocess, sys, time

rounds = int(sys.argv[1])
commands = json.load(sys.stdin)
best = [None] * len(commands)
least = [float("inf")] * len(commands)
for _ in range(rounds):
    for i, command in enumerate(commands):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        cpu = usage.ru_utime + usage.ru_stime
        least[i] = min(least[i], cpu)
        if best[i] is None or wall < best[i]["wall"]:
            best[i] = {"wall": wall, "cpu": cpu, "memory": usage.ru_maxrss / 1024, "status": child.returncode}
json.dump([{**row, "least": cpu} for row, cpu in zip(best, least)], sys.stdout)
