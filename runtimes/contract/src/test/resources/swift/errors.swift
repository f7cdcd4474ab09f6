struct Person: Codable {
    let name: String
}

enum Problem: Error {
    case noGood
}

func greets(person: Person, completion: @escaping (Person?, Error?) -> Void) {
    completion(Person(name: "Hello \(person.name)"), nil)
}

func fails(person: Person) throws -> Person {
    throw Problem.noGood
}
