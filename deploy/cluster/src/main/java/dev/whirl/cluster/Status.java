package dev.whirl.cluster;

import dev.whirl.model.json.PrettyJson;
import dev.whirl.model.json.RawJson;
import java.util.Map;

/// How the parts of a cluster are, in words and for programs.
final class Status {
    private Status() {}

    static String table(Map<Member, Member.Health> rows) {
        var text =
                new StringBuilder("%-12s %-12s %-34s %8s  %s%n".formatted("ROLE", "NAME", "ADDRESS", "PID", "HEALTH"));
        rows.forEach((member, health) -> text.append("%-12s %-12s %-34s %8d  %s%n"
                .formatted(member.role(), member.name(), member.address(), member.pid(), health.text())));
        return text.toString();
    }

    static String json(Map<Member, Member.Health> rows) {
        var documents = rows.entrySet().stream()
                .map(each -> ClusterFile.document(each.getKey(), each.getValue()))
                .toList();
        return PrettyJson.of(RawJson.array(documents)) + "\n";
    }
}
