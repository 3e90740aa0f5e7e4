"""Runs commands in turn, several rounds, and prints JSON: best wall seconds, its CPU seconds, and peak MB of each."""
import json, os, subprocess, sys, time

rounds = int(sys.argv[1])
commands = json.load(sys.stdin)
best = [None] * len(commands)
for _ in range(rounds):
    for i, command in enumerate(commands):
        start = time.perf_counter()
        child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        wall = time.perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        if best[i] is None or wall < best[i]["wall"]:
            best[i] = {"wall": wall, "cpu": usage.ru_utime + usage.ru_stime, "memory": usage.ru_maxrss / 1024, "status": child.returncode}
json.dump(best, sys.stdout)
