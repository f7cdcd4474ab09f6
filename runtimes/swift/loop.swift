import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#endif

// Calls the function of an action for each request: one line of JSON on stdin, one on descriptor 3.
//
// The overloads of `serve` are the forms that the function may have.

private let answersDescriptor: Int32 = 3

func serve(_ function: @escaping ([String: Any]) -> [String: Any]) {
    serveEach { value in try encoded(function(dictionary(value))) }
}

func serve(_ function: @escaping (Any) -> Any) {
    serveEach { value in try encoded(function(value)) }
}

func serve<Input: Decodable, Output: Encodable>(_ function: @escaping (Input) throws -> Output) {
    serveEach { value in try encoded(codable: function(decoded(value))) }
}

func serve<Input: Decodable, Output: Encodable>(_ function: @escaping (Input) async throws -> Output) {
    serveEach { value in
        let input: Input = try decoded(value)
        return try encoded(codable: awaited { try await function(input) })
    }
}

func serve<Input: Decodable, Output: Encodable>(
    _ function: @escaping (Input, @escaping (Output?, Error?) -> Void) -> Void
) {
    serveEach { value in
        let input: Input = try decoded(value)
        return try encoded(codable: completed { function(input, $0) })
    }
}

func serve<Output: Encodable>(_ function: @escaping (@escaping (Output?, Error?) -> Void) -> Void) {
    serveEach { _ in try encoded(codable: completed(function)) }
}

/// A problem in words.
private struct Problem: Error, CustomStringConvertible {
    let description: String
}

private func dictionary(_ value: Any) throws -> [String: Any] {
    guard let fields = value as? [String: Any] else { throw Problem(description: "the argument is not an object") }
    return fields
}

private func decoded<Input: Decodable>(_ value: Any) throws -> Input {
    try JSONDecoder().decode(Input.self, from: JSONSerialization.data(withJSONObject: value, options: [.fragmentsAllowed]))
}

private func encoded(_ result: Any) throws -> Data {
    guard JSONSerialization.isValidJSONObject(result) else { return Data("null".utf8) }
    return try JSONSerialization.data(withJSONObject: result)
}

private func encoded<Output: Encodable>(codable result: Output) throws -> Data {
    try JSONEncoder().encode(result)
}

/// The result of a function that calls back, maybe from another thread.
private func completed<Output>(_ start: (@escaping (Output?, Error?) -> Void) -> Void) throws -> Output {
    let done = DispatchSemaphore(value: 0)
    var outcome: (Output?, Error?) = (nil, nil)
    start { result, error in
        outcome = (result, error)
        done.signal()
    }
    done.wait()
    if let result = outcome.0 { return result }
    throw outcome.1 ?? Problem(description: "the function gave neither a result nor an error")
}

private func awaited<Output>(_ function: @escaping () async throws -> Output) throws -> Output {
    try completed { completion in
        Task {
            do { completion(try await function(), nil) } catch { completion(nil, error) }
        }
    }
}

private func serveEach(_ call: (Any) throws -> Data) {
    setvbuf(stdout, nil, _IOLBF, 0)
    _ = fcntl(answersDescriptor, F_SETFD, FD_CLOEXEC)  // processes that the action starts can't answer
    let answers = FileHandle(fileDescriptor: answersDescriptor)
    answers.write(Data("{\"ok\":true}\n".utf8))
    var environment = Environment()
    while let line = readLine() {
        var answer: Data
        do {
            var request = try dictionary(JSONSerialization.jsonObject(with: Data(line.utf8)))
            let value = request.removeValue(forKey: "value") ?? [String: Any]()
            environment.update(request)
            answer = try call(value)
        } catch {
            answer = failed(error)
        }
        fflush(stdout)
        answer.append(10)
        answers.write(answer)
    }
}

private func failed(_ error: Error) -> Data {
    (try? JSONSerialization.data(withJSONObject: ["error": "\(error)"])) ?? Data("{\"error\":\"unknown\"}".utf8)
}

/// The variables of requests' fields.
private struct Environment {
    /// What those of the last request were before.
    private var before: [String: String?] = [:]
    private var places: [String: Place] = [:]

    /// Sets `__OW_<KEY>` for every field, and takes back what only an earlier request set.
    mutating func update(_ fields: [String: Any]) {
        var now: [String: String?] = [:]
        for (key, value) in fields {
            let name = "__OW_" + key.uppercased()
            now[name] = .some(before.removeValue(forKey: name) ?? getenv(name).map { String(cString: $0) })
            places[name, default: Place()].set(name, "\(value)")
        }
        for (name, initial) in before {
            if let initial = initial { setenv(name, initial, 1) } else { unsetenv(name) }
        }
        before = now
    }
}

/// Where a variable that changes with each run stands: always in the same memory, since the C library never gives back
/// a text that setenv got, and a sandbox that serves millions of runs would fill its memory with their ids.
private struct Place {
    private var memory: UnsafeMutablePointer<CChar>?
    private var size = 0

    mutating func set(_ name: String, _ text: String) {
        let entry = "\(name)=\(text)".utf8CString
        if entry.dropLast().contains(0) { // no variable can hold it
            unsetenv(name)
            return
        }
        if size < entry.count {
            // Somebody may look at the old one just now, so that it is never given back; it is half of it at most.
            size = 2 * entry.count
            memory = UnsafeMutablePointer<CChar>.allocate(capacity: size)
        }
        _ = entry.withUnsafeBufferPointer { memcpy(memory!, $0.baseAddress!, entry.count) }
        putenv(memory!)
    }
}

serve(main)
