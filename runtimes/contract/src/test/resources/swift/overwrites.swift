import Foundation

func main(args: [String: Any]) -> [String: Any] {
    let files = (try? FileManager.default.contentsOfDirectory(atPath: "/whirl/runtime")) ?? []
    return ["results": files.map { FileHandle(forWritingAtPath: "/whirl/runtime/\($0)") == nil ? "refused" : "written" }]
}
