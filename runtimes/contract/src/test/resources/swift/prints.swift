import Foundation

func main(args: [String: Any]) -> [String: Any] {
    print("one")
    usleep(50_000)
    FileHandle.standardError.write(Data("two\n".utf8))
    usleep(50_000)
    print("three\nfour")
    usleep(50_000)
    FileHandle.standardError.write(Data("five \(args["text"] ?? "")".utf8))
    return [:]
}
