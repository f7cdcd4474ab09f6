use serde_json::{json, Error, Value};
use std::thread::sleep;
use std::time::Duration;

pub fn main(args: Value) -> Result<Value, Error> {
    let pause = Duration::from_millis(50);
    println!("one");
    sleep(pause);
    eprintln!("two");
    sleep(pause);
    print!("three\nfour\n");
    sleep(pause);
    eprint!("five {}", args["text"].as_str().unwrap_or(""));
    Ok(json!({}))
}
