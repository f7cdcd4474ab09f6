package dev.whirl.cli.project.manifest;

import dev.whirl.cli.project.manifest.Manifest.ManifestApi;
import dev.whirl.cli.project.manifest.Manifest.ManifestPackage;
import dev.whirl.cli.project.manifest.Manifest.Values;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Makes web actions of what APIs lead to: an action or sequence of the manifest that does not say
/// whether it is one becomes one, as with wskdeploy (row L-40).
final class ApiActions {
    private static final String WEB_EXPORT = "web-export";

    private final List<ManifestPackage> packages;
    private final Problems problems;
    private final Map<Name, ManifestApi> exposed = new LinkedHashMap<>();

    /// An action or sequence of the manifest.
    private record Name(String packageName, String name) {
        /// What a name means that stands in a package; empty if it is one of another namespace.
        static Optional<Name> of(ManifestPackage place, String written) {
            String plain = written.startsWith("/_/") ? written.substring(3) : written;
            String[] parts = plain.split("/", -1);
            if (parts.length == 1) {
                boolean isWhole = !plain.equals(written);
                return Optional.of(new Name(isWhole ? Manifest.DEFAULT_PACKAGE : place.name(), plain));
            }
            return parts.length == 2 && !parts[0].isEmpty()
                    ? Optional.of(new Name(parts[0], parts[1]))
                    : Optional.empty();
        }
    }

    private ApiActions(List<ManifestPackage> packages, Problems problems) {
        this.packages = packages;
        this.problems = problems;
    }

    /// The packages with what their APIs need; tells of it, or ends with that if it is to be
    /// strict.
    static List<ManifestPackage> exposed(List<ManifestPackage> packages, Problems problems) {
        return new ApiActions(packages, problems).exposed();
    }

    private List<ManifestPackage> exposed() {
        for (ManifestPackage place : packages) {
            for (ManifestApi api : place.events().apis()) {
                Name.of(place, api.action()).ifPresent(name -> exposed.putIfAbsent(name, api));
            }
        }
        return exposed.isEmpty()
                ? packages
                : packages.stream().map(this::exposed).toList();
    }

    private ManifestPackage exposed(ManifestPackage place) {
        var actions = new LinkedHashMap<>(place.actions());
        actions.replaceAll((name, action) ->
                isToBeExposed(place, name, action.web(), action.values()) ? action.withWeb("true") : action);
        var sequences = new LinkedHashMap<>(place.events().sequences());
        sequences.replaceAll((name, sequence) ->
                isToBeExposed(place, name, sequence.web(), sequence.values()) ? sequence.withWeb("true") : sequence);
        return place.withEntities(actions, place.events().withSequences(sequences));
    }

    /// Tells of it, if so.
    private boolean isToBeExposed(ManifestPackage place, String name, @Nullable String web, Values values) {
        ManifestApi api = exposed.get(new Name(place.name(), name));
        if (api == null || web != null || values.annotations().containsKey(WEB_EXPORT)) {
            return false;
        }
        String what = "API '%s': '%s' is not a web action".formatted(api.name(), place.entityName(name));
        String advice = "give it 'web: true'";
        problems.doubt(api.where(), what + ", and becomes one; " + advice, what + "; " + advice);
        return true;
    }
}
