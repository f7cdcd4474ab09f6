use serde_json::{json, Error, Map, Value};
use std::env;

pub fn main(args: Value) -> Result<Value, Error> {
    let mut picked = Map::new();
    for name in args["names"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        let value = env::var(name).unwrap_or_else(|_| "absent".to_string());
        picked.insert(name.to_string(), json!(value));
    }
    Ok(json!({ "atInit": picked, "atRun": picked }))
}
