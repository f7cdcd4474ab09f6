package dev.whirl.server.catalog;

import dev.whirl.model.entity.Parameter;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The parameters of an installed package that its operator has set since: a newer version of the package leaves them
/// as they are. Pure.
///
/// @param list those that differ from what was installed
record SetParameters(List<Parameter> list) {
    static final SetParameters NONE = new SetParameters(List.of());

    SetParameters {
        list = List.copyOf(list);
    }

    /// @param there as they are
    /// @param installed as they were installed, by name; what is not in it was set
    static SetParameters of(Parameters there, Map<String, RawJson> installed) {
        return new SetParameters(there.list().stream()
                .filter(each -> !isAsInstalled(each, installed))
                .toList());
    }

    private static boolean isAsInstalled(Parameter parameter, Map<String, RawJson> installed) {
        RawJson value = installed.get(parameter.key());
        return value != null && Parameter.of(parameter.key(), value).equals(parameter);
    }

    /// Those of the newer version, and these in place of them.
    Parameters in(Parameters wanted) {
        return wanted.overriddenBy(new Parameters(list));
    }

    List<String> names() {
        return list.stream().map(Parameter::key).toList();
    }

    /// To be noted: values by name.
    static RawJson note(Parameters installed) {
        var values = new LinkedHashMap<String, RawJson>();
        installed.list().forEach(each -> values.put(each.key(), each.value()));
        return RawJson.object(values);
    }
}
