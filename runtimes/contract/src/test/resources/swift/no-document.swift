func main(args: Any) -> Any {
    return "text"
}
