package dev.whirl.gateway.document;

/// Changes one field of a request (`set-variable`, row G-4).
public sealed interface Mapping {
    Field field();

    /// Puts a value there, in place of what was there.
    record Set(Field field, Template value) implements Mapping {}

    /// Takes it away.
    record Clear(Field field) implements Mapping {}

    /// A field of a request.
    record Field(Place place, String name) {}

    /// Where fields are.
    enum Place {
        HEADER,
        QUERY,
        BODY,
        PATH
    }
}
