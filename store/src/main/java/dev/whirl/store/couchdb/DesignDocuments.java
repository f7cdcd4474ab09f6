package dev.whirl.store.couchdb;

import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// OpenWhisk's design documents by name, with views that emit the same keys (row I-46, A-3). Their functions run in
/// CouchDB, whose JavaScript is an old one.
final class DesignDocuments {
    static final String SUBJECTS = "subjects.v2.0.0";
    static final String WHISKS = "whisks.v2.1.0";
    static final String ACTIVATIONS = "whisks.v2.1.0";
    static final String ACTIVATION_FILTERS = "whisks-filters.v2.1.1";
    static final String ACTIVATIONS_BY_DATE = "activations";

    /// The mark of a document that was written here, with its version.
    static final String MARK = "whirl";

    private static final long VERSION = 1;
    private static final String COUNT = "_count";

    /// One design document, in the database whose name ends so.
    record Design(String database, String name, Map<String, View> views, Map<String, String> filters) {
        Design {
            views = Map.copyOf(views);
            filters = Map.copyOf(filters);
        }

        String id() {
            return "_design/" + name;
        }
    }

    /// @param reduce empty for none
    record View(String map, String reduce) {}

    private DesignDocuments() {}

    static List<Design> all() {
        return List.of(
                views("subjects", SUBJECTS, Map.of("identities", new View(IDENTITIES, ""))),
                views("subjects", "namespaceThrottlings", Map.of("blockedNamespaces", new View(BLOCKED, "_sum"))),
                new Design("subjects", "snapshotFilters", Map.of(), Map.of("withoutDeletedAndDesignDocuments", PLAIN)),
                views("whisks", WHISKS, entities()),
                views("activations", ACTIVATIONS, Map.of("activations", new View(byStart(), COUNT))),
                views("activations", ACTIVATION_FILTERS, Map.of("activations", new View(byName(), COUNT))),
                views("activations", ACTIVATIONS_BY_DATE, Map.of("byDate", new View(BY_DATE, ""))),
                views("activations", "logCleanup", Map.of("byDateWithLogs", new View(WITH_LOGS, ""))));
    }

    /// The document as it is written, without a revision.
    static RawJson document(Design design) {
        var out = new JsonWriter(4096).startObject();
        out.field("_id", design.id()).field("language", "javascript").field(MARK, VERSION);
        out.name("views").startObject();
        new java.util.TreeMap<>(design.views()).forEach((name, view) -> {
            out.name(name).startObject().field("map", view.map());
            if (!view.reduce().isEmpty()) {
                out.field("reduce", view.reduce());
            }
            out.endObject();
        });
        out.endObject();
        if (!design.filters().isEmpty()) {
            out.name("filters").startObject();
            design.filters().forEach(out::field);
            out.endObject();
        }
        return out.endObject().toRawJson();
    }

    private static Design views(String database, String name, Map<String, View> views) {
        return new Design(database, name, views, Map.of());
    }

    private static Map<String, View> entities() {
        var views = new LinkedHashMap<String, View>();
        views.put("actions", new View(list("doc.exec !== undefined", ACTION_FIELDS), COUNT));
        views.put("packages", new View(list("doc.binding !== undefined", PACKAGE_FIELDS), COUNT));
        views.put("packages-public", new View(list(PUBLIC, PACKAGE_FIELDS), COUNT));
        views.put("rules", new View(list("doc.trigger !== undefined", "      row = 1;\n"), COUNT));
        views.put("triggers", new View(list(TRIGGER, ""), COUNT));
        return views;
    }

    private static final String TRIGGER =
            "doc.parameters !== undefined && doc.exec === undefined && doc.binding === undefined";

    private static final String PUBLIC =
            "doc.binding !== undefined && Object.keys(doc.binding).length === 0 && doc.publish === true";

    private static final String ACTION_FIELDS = """
                  row.limits = doc.limits;
                  row.exec = { binary: doc.exec.binary || false };
            """;

    private static final String PACKAGE_FIELDS = """
                  row.binding = Object.keys(doc.binding).length > 0 ? doc.binding : false;
            """;

    /// What is in a package is listed under the package and under its namespace.
    private static String list(String condition, String fields) {
        return """
                function (doc) {
                  try {
                    if (%s) {
                      var row = {
                        namespace: doc.namespace, name: doc.name, version: doc.version, publish: doc.publish,
                        annotations: doc.annotations, updated: doc.updated
                      };
                %s      emit([doc.namespace, doc.updated], row);
                      var slash = doc.namespace.indexOf('/');
                      if (slash > 0) {
                        emit([doc.namespace.substring(0, slash), doc.updated], row);
                      }
                    }
                  } catch (e) {}
                }""".formatted(condition, fields);
    }

    private static final String IDENTITIES = """
            function (doc) {
              if (doc.namespaces && !doc.blocked) {
                doc.namespaces.forEach(function (each) {
                  var row = { _id: each.name + '/limits', namespace: each.name, uuid: each.uuid, key: each.key };
                  emit([each.name], row);
                  emit([each.uuid, each.key], row);
                });
              }
            }""";

    private static final String BLOCKED = """
            function (doc) {
              var end = doc._id.lastIndexOf('/limits');
              if (end > 0 && (doc.concurrentInvocations === 0 || doc.invocationsPerMinute === 0)) {
                emit(doc._id.substring(0, end), 1);
              }
              if (doc.blocked && doc.namespaces) {
                doc.namespaces.forEach(function (each) { emit(each.name, 1); });
              }
            }""";

    private static final String PLAIN = """
            function (doc, request) {
              return !doc._deleted && doc._id.indexOf('_design/') !== 0;
            }""";

    private static final String BY_DATE = """
            function (doc) {
              if (doc.activationId !== undefined && doc.start !== undefined) {
                emit(doc.start, [doc._id, doc._rev]);
              }
            }""";

    private static final String WITH_LOGS = """
            function (doc) {
              if (doc.activationId === undefined || !doc.logs || doc.logs.length === 0) {
                return;
              }
              var isSequence = (doc.annotations || []).some(function (each) {
                return each.key === 'kind' && each.value === 'sequence';
              });
              if (!isSequence) {
                emit(doc.start, doc._id);
              }
            }""";

    /// The row of a list: times and status only where the activation has an end, but the status always where it is no
    /// success.
    private static final String SUMMARY = """
              var row = {
                namespace: doc.namespace, name: doc.name, version: doc.version, publish: doc.publish,
                annotations: doc.annotations, activationId: doc.activationId, start: doc.start
              };
              if (doc.end) {
                row.end = doc.end;
                row.duration = doc.duration !== undefined ? doc.duration : doc.end - doc.start;
              }
              if (doc.cause !== undefined) {
                row.cause = doc.cause;
              }
              var status = doc.response ? doc.response.statusCode : undefined;
              if (status !== undefined && (doc.end || status !== 0)) {
                row.statusCode = status;
              }
            """;

    private static String byStart() {
        return """
                function (doc) {
                  if (doc.activationId === undefined) {
                    return;
                  }
                %s  emit([doc.namespace, doc.start], row);
                }""".formatted(SUMMARY);
    }

    /// Under the name, and under the binding or package with the name.
    private static String byName() {
        return """
                function (doc) {
                  if (doc.activationId === undefined) {
                    return;
                  }
                %s  var notes = {};
                  (doc.annotations || []).forEach(function (each) { notes[each.key] = each.value; });
                  emit([doc.namespace + '/' + doc.name, doc.start], row);
                  var path = typeof notes.path === 'string' ? notes.path.split('/') : [];
                  var pkg = path.length === 3 ? path[1] : undefined;
                  if (typeof notes.binding === 'string' && notes.binding !== '') {
                    pkg = notes.binding.substring(notes.binding.lastIndexOf('/') + 1);
                  }
                  if (pkg !== undefined) {
                    emit([doc.namespace + '/' + pkg + '/' + doc.name, doc.start], row);
                  }
                }""".formatted(SUMMARY);
    }
}
