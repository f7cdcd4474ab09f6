func main(args: [String: Any]) -> [String: Any] {
    let x = 1
    return = args
}
