package dev.whirl.controller.api;

import dev.whirl.controller.api.http.Route;
import dev.whirl.controller.api.web.WebEntry;
import java.util.List;

/// Another part of the process that is served on the controller's port.
public interface Frontage {
    /// Nothing else is.
    Frontage NONE = _ -> new Beside(List.of(), List.of());

    /// @param first routes that count before the API's own
    /// @param last routes that count after them
    record Beside(List<Route> first, List<Route> last) {
        public Beside {
            first = List.copyOf(first);
            last = List.copyOf(last);
        }
    }

    /// @param web a way to web actions
    Beside routes(WebEntry web);
}
