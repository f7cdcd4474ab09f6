func main(args: Any) -> Any {
    return args
}
