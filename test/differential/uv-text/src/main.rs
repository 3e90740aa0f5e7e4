//! Reads texts as uv does, with the crates that uv uses, so that thousands of cases a second can be compared.
//! In: a byte for the kind (`e` entry_points.txt, `m` METADATA), four bytes of length (little endian), the text; again and again.
//! Out: one line of JSON for each.
use astral_ini::{Delimiters, Options, Section};
use astral_mail_headers::Message;
use std::collections::BTreeMap;
use std::io::{self, BufWriter, Read, Write};

fn json(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            c if (c as u32) < 0x20 || c == '\u{2028}' || c == '\u{2029}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn refused(why: &str) -> String {
    format!("{{\"refused\":{}}}", json(why))
}

fn entry_points(bytes: &[u8], value: &regex::Regex) -> String {
    let Ok(text) = std::str::from_utf8(bytes) else { return refused("utf-8") };
    let options = Options::default().case_sensitive(true).delimiters(Delimiters::Equals);
    let ini = match options.parse(text) {
        Ok(ini) => ini,
        Err(why) => return refused(&why.to_string()),
    };
    let mut groups = Vec::new();
    for group in ["console_scripts", "gui_scripts"] {
        let mut commands = BTreeMap::new();
        for (name, written) in ini.section(group).into_iter().flat_map(Section::iter) {
            let Some(found) = value.captures(written) else { return refused("value") };
            commands.insert(name.to_owned(), format!("{}:{}", &found["module"], &found["function"]));
        }
        let rows: Vec<_> = commands.iter().map(|(name, target)| format!("{}:{}", json(name), json(target))).collect();
        groups.push(format!("\"{group}\":{{{}}}", rows.join(",")));
    }
    format!("{{{}}}", groups.join(","))
}

fn metadata(bytes: &[u8]) -> String {
    let message = Message::parse(bytes);
    let mut rows = Vec::new();
    for name in ["Name", "Version", "Requires-Python"] {
        let value = match message.first(name).map(|header| header.decoded_value()).transpose() {
            Ok(value) => value.map_or("null".into(), |value| json(&value)),
            Err(why) => return refused(&why.to_string()),
        };
        rows.push(format!("{}:{value}", json(name)));
    }
    for name in ["Requires-Dist", "Provides-Extra"] {
        match message.all(name).map(|header| header.decoded_value()).collect::<Result<Vec<_>, _>>() {
            Ok(values) => {
                let values: Vec<_> = values.iter().map(|value| json(value)).collect();
                rows.push(format!("{}:[{}]", json(name), values.join(",")));
            }
            Err(why) => return refused(&why.to_string()),
        }
    }
    format!("{{{}}}", rows.join(","))
}

fn main() -> io::Result<()> {
    let value = regex::Regex::new(
        r"^(?P<module>[\w\d_\-.]+)\s*:\s*(?P<function>[\w\d_\-.]+)(?:\s*\[\s*(?P<extras>(?:[^,]+,?\s*)+)\])?\s*$",
    )
    .expect("a valid expression");
    let mut input = io::stdin().lock();
    let mut output = BufWriter::new(io::stdout().lock());
    let mut head = [0; 5];
    while input.read_exact(&mut head).is_ok() {
        let mut bytes = vec![0; u32::from_le_bytes([head[1], head[2], head[3], head[4]]) as usize];
        input.read_exact(&mut bytes)?;
        let line = if head[0] == b'e' { entry_points(&bytes, &value) } else { metadata(&bytes) };
        writeln!(output, "{line}")?;
        output.flush()?;
    }
    Ok(())
}
