//! Calls the function of an action for each request: one line of JSON on stdin, one on descriptor 3.

use serde::de::{Deserialize, DeserializeOwned};
use serde::Serialize;
use serde_json::{json, Map, Value};
use std::collections::HashMap;
use std::env;
use std::ffi::OsString;
use std::fmt::Display;
use std::fs::File;
use std::io::{self, BufRead, Write};
use std::os::unix::io::FromRawFd;

const ANSWERS: i32 = 3;
const SET_DESCRIPTOR_FLAGS: i32 = 2;
const CLOSE_ON_EXEC: i32 = 1;

extern "C" {
    fn fcntl(descriptor: i32, command: i32, ...) -> i32;
    fn putenv(entry: *mut u8) -> i32;
}

fn main() -> io::Result<()> {
    let mut answers = answers();
    answers.write_all(b"{\"ok\":true}\n")?;
    let mut environment = Environment::default();
    let mut line = String::new();
    while io::stdin().lock().read_line(&mut line)? > 0 {
        let mut answer = match read::<Map<String, Value>>(&line) {
            Err(problem) => failed(format!("the request could not be read: {}", problem)),
            Ok(mut request) => {
                let value = request.remove("value").unwrap_or_else(|| json!({}));
                environment.update(request);
                call(actions::main, value)
            }
        };
        io::stdout().flush()?;
        answer.push('\n');
        answers.write_all(answer.as_bytes())?;
        line.clear();
    }
    Ok(())
}

/// Where answers go. Processes that the action starts do not inherit it.
fn answers() -> File {
    unsafe {
        fcntl(ANSWERS, SET_DESCRIPTOR_FLAGS, CLOSE_ON_EXEC);
        File::from_raw_fd(ANSWERS)
    }
}

/// Documents may be as deep as the server lets them.
fn read<'a, T: Deserialize<'a>>(line: &'a str) -> Result<T, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_str(line);
    reader.disable_recursion_limit();
    T::deserialize(&mut reader)
}

fn call<A: DeserializeOwned, T: Serialize, E: Display>(
    function: impl Fn(A) -> Result<T, E>,
    value: Value,
) -> String {
    match serde_json::from_value(value) {
        Err(problem) => failed(format!("the argument does not fit: {}", problem)),
        Ok(argument) => match function(argument) {
            Err(problem) => failed(problem.to_string()),
            Ok(result) => serde_json::to_string(&result)
                .unwrap_or_else(|problem| failed(format!("the result is not JSON: {}", problem))),
        },
    }
}

fn failed(sentence: String) -> String {
    json!({ "error": sentence }).to_string()
}

/// The variables of requests' fields.
#[derive(Default)]
struct Environment {
    /// What those of the last request were before.
    before: HashMap<String, Option<OsString>>,
    places: HashMap<String, Place>,
}

impl Environment {
    /// Sets `__OW_<KEY>` for every field, and takes back what only an earlier request set.
    fn update(&mut self, fields: Map<String, Value>) {
        let mut before = HashMap::new();
        for (key, value) in fields {
            let name = format!("__OW_{}", key.to_uppercase());
            let initial = self.before.remove(&name).unwrap_or_else(|| env::var_os(&name));
            let text = match value {
                Value::String(text) => text,
                other => other.to_string(),
            };
            self.places.entry(name.clone()).or_default().set(&name, &text);
            before.insert(name, initial);
        }
        for (name, initial) in self.before.drain() {
            match initial {
                Some(value) => env::set_var(name, value),
                None => env::remove_var(name),
            }
        }
        self.before = before;
    }
}

/// Where a variable that changes with each run stands: always in the same memory, since the C library never gives back
/// a text that setenv got, and a sandbox that serves millions of runs would fill its memory with their ids.
#[derive(Default)]
struct Place {
    memory: &'static mut [u8],
}

impl Place {
    fn set(&mut self, name: &str, text: &str) {
        let mut entry = format!("{}={}", name, text).into_bytes();
        if entry.contains(&0) {
            env::remove_var(name); // no variable can hold it
            return;
        }
        entry.push(0);
        if self.memory.len() < entry.len() {
            // Somebody may look at the old one just now, so that it is never given back; it is half of it at most.
            self.memory = Box::leak(vec![0; 2 * entry.len()].into_boxed_slice());
        }
        self.memory[..entry.len()].copy_from_slice(&entry);
        unsafe {
            putenv(self.memory.as_mut_ptr());
        }
    }
}
