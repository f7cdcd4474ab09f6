package dev.whirl.client;

import dev.whirl.client.InvokeRequest.Mode;
import java.util.List;

/// Deploys, reads and invokes actions.
public final class Actions {
    private static final String ACTIONS = "actions";

    private final Rest rest;

    Actions(Rest rest) {
        this.rest = rest;
    }

    /// Creates an action, or changes it if that is allowed.
    public ActionDocument put(QualifiedName name, ActionUpdate update, boolean mayOverwrite) {
        ApiPath path = ApiPath.of(name, ACTIONS).with("overwrite", mayOverwrite);
        return ActionDocument.read(Replies.value(rest.put(path, update.toBytes())));
    }

    public ActionDocument get(QualifiedName name, boolean withCode) {
        ApiPath path = ApiPath.of(name, ACTIONS).with("code", withCode);
        return ActionDocument.read(Replies.value(rest.get(path)));
    }

    /// All actions of a namespace, those in packages too.
    public List<ActionDocument> list(String namespace, Page page) {
        return list(ApiPath.of("namespaces", namespace, ACTIONS), page);
    }

    /// The actions of a package.
    public List<ActionDocument> listPackage(String namespace, String packageName, Page page) {
        return list(ApiPath.of("namespaces", namespace, ACTIONS, packageName).asFolder(), page);
    }

    public void delete(QualifiedName name) {
        Replies.value(rest.delete(ApiPath.of(name, ACTIONS)));
    }

    /// Invokes an action and waits as the request says.
    public InvokeOutcome invoke(QualifiedName name, InvokeRequest request) {
        ApiPath path = ApiPath.of(name, ACTIONS)
                .with("blocking", request.mode() != Mode.ID)
                .with("result", request.mode() == Mode.RESULT)
                .with(
                        "timeout",
                        request.maxWait() == null ? null : request.maxWait().toMillis());
        return InvokeReplies.outcome(rest.post(path, request.payload()), request.mode());
    }

    /// The address at which people call an action: of the web action if it is one, else of the API.
    public String url(ActionDocument action) {
        QualifiedName name = action.qualifiedName();
        String packageName = name.packageName() == null ? "default" : name.packageName();
        ApiPath path = action.isWebAction()
                ? ApiPath.of("web", name.namespace(), packageName, name.name())
                : ApiPath.of(name, ACTIONS);
        return rest.address().url(path.text());
    }

    private List<ActionDocument> list(ApiPath path, Page page) {
        return Replies.list(rest.get(path.with("limit", page.limit()).with("skip", page.skip()))).stream()
                .map(ActionDocument::read)
                .toList();
    }
}
