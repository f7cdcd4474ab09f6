package dev.whirl.server.admin;

import dev.whirl.model.ApiException;
import dev.whirl.model.entity.NamespaceName;

/// Names as operators give them.
final class Names {
    /// In paths of the API.
    private static final String CALLERS_OWN = "_";

    private Names() {}

    /// @throws MisuseException if nothing can have this name
    static NamespaceName namespace(String text) {
        String name = text.strip();
        if (name.isEmpty()) {
            throw new MisuseException("Namespace must not be empty");
        }
        if (name.equals(CALLERS_OWN)) {
            throw new MisuseException("'_' stands for the caller's own namespace: no namespace can be called so");
        }
        try {
            return new NamespaceName(name);
        } catch (ApiException e) {
            throw new MisuseException(e.sentence());
        }
    }

    /// @throws MisuseException if it is empty
    static String subject(String text) {
        String name = text.strip();
        if (name.isEmpty()) {
            throw new MisuseException("Subject must not be empty");
        }
        return name;
    }
}
