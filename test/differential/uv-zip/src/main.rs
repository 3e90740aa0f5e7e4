//! Unpacks zips with the code that uv unpacks with, and says what came of each.
//!
//! In: four bytes of length (little-endian), the bytes. Out: one JSON line `{"stream": …, "seek": …}`: what the reader of
//! downloads made of it, and the one of files on disk. Each is `{"error": "…"}` or `{"files": {"path": SHA-256}}`.
//! The argument is a directory to unpack into.
use std::{
    collections::BTreeMap,
    error::Error,
    fmt::Write as _,
    fs,
    io::{self, Read, Write},
    path::Path,
};

use sha2::{Digest as _, Sha256};

type Files = BTreeMap<String, String>;

fn walk(root: &Path, prefix: &str, files: &mut Files) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.file_type()?.is_dir() {
            walk(&entry.path(), &format!("{name}/"), files)?;
        } else {
            files.insert(name, hex(&Sha256::digest(fs::read(entry.path())?)));
        }
    }
    Ok(())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn text_of(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        let _ = write!(text, ": {inner}");
        cause = inner.source();
    }
    text
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                out.push('\\');
                out.push(character);
            }
            c if (c as u32) < 0x20 => {
                let _ = write!(out, "\\u{:04x}", c as u32);
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn answer(result: Result<Files, String>) -> String {
    match result {
        Err(error) => format!("{{\"error\":{}}}", quoted(&error)),
        Ok(files) => {
            let rows: Vec<String> = files.iter().map(|(path, hash)| format!("{}:\"{hash}\"", quoted(path))).collect();
            format!("{{\"files\":{{{}}}}}", rows.join(","))
        }
    }
}

fn main() -> io::Result<()> {
    let scratch = std::env::args().nth(1).expect("a directory to unpack into");
    let archive = Path::new(&scratch).join("archive.zip");
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut input = io::stdin().lock();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut head = [0_u8; 4];
    while input.read_exact(&mut head).is_ok() {
        let mut bytes = vec![0; u32::from_le_bytes(head) as usize];
        input.read_exact(&mut bytes)?;

        let target = tempfile::tempdir_in(&scratch)?;
        let streamed = match runtime.block_on(uv_extract::stream::unzip(&bytes[..], target)) {
            Err(error) => Err(text_of(&error)),
            Ok((unpacked, _)) => {
                let mut files = Files::new();
                walk(unpacked.path(), "", &mut files)?;
                Ok(files)
            }
        };

        fs::write(&archive, &bytes)?;
        let target = tempfile::tempdir_in(&scratch)?;
        let sought = match uv_extract::unzip(fs_err::File::open(&archive)?, target.path()) {
            Err(error) => Err(text_of(&error)),
            Ok(_) => {
                let mut files = Files::new();
                walk(target.path(), "", &mut files)?;
                Ok(files)
            }
        };

        writeln!(output, "{{\"stream\":{},\"seek\":{}}}", answer(streamed), answer(sought))?;
        output.flush()?;
    }
    Ok(())
}
