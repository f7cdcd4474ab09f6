import Foundation

func main(args: [String: Any]) -> [String: Any] {
    let names = args["names"] as? [String] ?? []
    let values = names.map { name in (name, getenv(name).map { String(cString: $0) } ?? "absent") }
    let picked = Dictionary(uniqueKeysWithValues: values)
    return ["atInit": picked, "atRun": picked]
}
