package dev.whirl.controller.api.docs;

import java.util.List;
import java.util.Locale;

/// A description as a page for people: complete in itself, without scripts and outside resources.
final class DocPage {
    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en"><head><meta charset="utf-8"><title>{title}</title>
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <style>
            body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
            h2{margin-top:2rem;border-bottom:1px solid #ccc}
            section{margin:1rem 0}
            code{font-family:ui-monospace,monospace}
            .m{display:inline-block;min-width:4.5rem;font-weight:bold}
            dl{margin:.3rem 0 .3rem 4.5rem}dd{margin:0 0 .2rem 1rem}
            </style></head><body>
            <h1>{title}</h1>
            <p>Version {version}. Paths are relative to <code>{base}</code>. Machines read {links}.</p>
            """;

    private DocPage() {}

    /// @param sources links to the descriptions for machines
    static String of(Description description, List<String> sources) {
        String links = String.join(
                " or ",
                sources.stream()
                        .map(each -> "<a href=\"%s\"><code>%s</code></a>".formatted(each, each))
                        .toList());
        var page = new StringBuilder(HEAD.replace("{title}", escaped(description.title()))
                .replace("{version}", escaped(description.version()))
                .replace("{base}", escaped(description.base().isEmpty() ? "/" : description.base()))
                .replace("{links}", links));
        String tag = "";
        for (Operation each : description.operations()) {
            if (!each.tag().equals(tag)) {
                tag = each.tag();
                page.append("<h2>").append(escaped(tag)).append("</h2>\n");
            }
            page.append(section(each));
        }
        return page.append("</body></html>\n").toString();
    }

    private static String section(Operation operation) {
        var out = new StringBuilder("<section id=\"%s\"><span class=\"m\">%s</span> <code>%s</code> – %s"
                .formatted(
                        escaped(operation.id()),
                        operation.method().toUpperCase(Locale.ROOT),
                        escaped(operation.path()),
                        escaped(operation.summary())));
        if (!operation.query().isEmpty()) {
            out.append("\n<dl>");
            operation
                    .query()
                    .forEach((name, meaning) -> out.append("<dt><code>")
                            .append(escaped(name))
                            .append("</code></dt><dd>")
                            .append(escaped(meaning))
                            .append("</dd>"));
            out.append("</dl>");
        }
        return out.append("</section>\n").toString();
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
