//! Unpacks tars with the crate that uv unpacks with, and says what came of each.
//!
//! In: four bytes of length (little-endian), one byte `z` for gzip or `t` for a plain tar, the bytes. Out: one JSON line,
//! `{"error": "…"}` or `{"tree": {"path": "d" | "l:target" | "f:hex of the content"}}`.
//! The argument is a directory to unpack into.
use std::{
    collections::BTreeMap,
    error::Error,
    fmt::Write as _,
    fs,
    io::{self, Cursor, Read, Write},
    path::Path,
};

use async_compression::tokio::bufread::GzipDecoder;
use tar_codec::{
    Archive as _, DecodePolicy, PaxDecodePolicy, PaxVendorExtensionPolicy, TarArchive,
    extract::{ExtractPolicy, LinkPolicy},
};
use tokio::io::AsyncRead;

async fn unpack<R: AsyncRead + Unpin>(reader: R, into: &Path) -> Result<(), String> {
    let pax = PaxDecodePolicy::default()
        .vendor_extension_policy(PaxVendorExtensionPolicy::ignore(["SCHILY", "LIBARCHIVE"]))
        .allow_non_utf8_pax_vendor_values(true);
    let links = LinkPolicy::default().allow_hard_links(true);
    let policy = DecodePolicy::default()
        .pax_policy(pax)
        .allow_header_uname_and_gname_without_terminator(true);
    TarArchive::new(reader)
        .with_policy(policy)
        .extract_in(into, ExtractPolicy::default().link_policy(links))
        .await
        .map_err(|error| {
            let mut text = error.to_string();
            let mut cause = error.source();
            while let Some(inner) = cause {
                let _ = write!(text, ": {inner}");
                cause = inner.source();
            }
            text
        })
}

fn walk(root: &Path, prefix: &str, tree: &mut BTreeMap<String, String>) -> io::Result<()> {
    for entry in fs::read_dir(root)? {
        let entry = entry?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type()?;
        if kind.is_dir() {
            tree.insert(name.clone(), "d".into());
            walk(&entry.path(), &format!("{name}/"), tree)?;
        } else if kind.is_symlink() {
            tree.insert(name, format!("l:{}", fs::read_link(entry.path())?.to_string_lossy()));
        } else {
            let mut text = String::from("f:");
            for byte in fs::read(entry.path())? {
                let _ = write!(text, "{byte:02x}");
            }
            tree.insert(name, text);
        }
    }
    Ok(())
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

fn main() -> io::Result<()> {
    let scratch = std::env::args().nth(1).expect("a directory to unpack into");
    let into = Path::new(&scratch).join("uv");
    let runtime = tokio::runtime::Builder::new_current_thread().build()?;
    let mut input = io::stdin().lock();
    let mut output = io::BufWriter::new(io::stdout().lock());
    let mut head = [0_u8; 5];
    while input.read_exact(&mut head).is_ok() {
        let length = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as usize;
        let mut bytes = vec![0; length];
        input.read_exact(&mut bytes)?;
        fs::create_dir_all(&into)?;
        let result = runtime.block_on(async {
            if head[4] == b'z' {
                unpack(GzipDecoder::new(Cursor::new(bytes)), &into).await
            } else {
                unpack(Cursor::new(bytes), &into).await
            }
        });
        match result {
            Err(error) => writeln!(output, "{{\"error\":{}}}", quoted(&error))?,
            Ok(()) => {
                let mut tree = BTreeMap::new();
                walk(&into, "", &mut tree)?;
                let rows: Vec<String> =
                    tree.iter().map(|(path, what)| format!("{}:{}", quoted(path), quoted(what))).collect();
                writeln!(output, "{{\"tree\":{{{}}}}}", rows.join(","))?;
            }
        }
        output.flush()?;
        fs::remove_dir_all(&into)?;
    }
    Ok(())
}
