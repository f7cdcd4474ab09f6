import Foundation

func main(args: [String: Any]) -> [String: Any] {
    sleep(3600)
    return args
}
