package dev.whirl.cli.project;

import dev.whirl.client.QualifiedName;

/// One thing that a project consists of, by its kind and name.
record EntityKey(Kind kind, QualifiedName name) {
    /// The kinds, in the order in which they are deployed: each needs only those before it.
    enum Kind {
        PACKAGE("package"),
        BINDING("binding"),
        ACTION("action"),
        SEQUENCE("sequence"),
        TRIGGER("trigger"),
        RULE("rule");

        private final String noun;

        Kind(String noun) {
            this.noun = noun;
        }

        String noun() {
            return noun;
        }
    }

    /// Packages and bindings share their names, and so do actions and sequences.
    EntityKey asPlace() {
        return switch (kind) {
            case BINDING -> new EntityKey(Kind.PACKAGE, name);
            case SEQUENCE -> new EntityKey(Kind.ACTION, name);
            case PACKAGE, ACTION, TRIGGER, RULE -> this;
        };
    }

    /// The same in a namespace, for names that say `_`.
    EntityKey in(String namespace) {
        return new EntityKey(kind, new QualifiedName(namespace, name.packageName(), name.name()));
    }

    /// `action [package/name]`
    @Override
    public String toString() {
        return kind.noun() + " [" + name.entityName() + "]";
    }
}
