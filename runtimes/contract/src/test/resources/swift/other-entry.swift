func niam(args: [String: Any]) -> [String: Any] {
    return ["from": "niam", "text": args["text"] ?? ""]
}
