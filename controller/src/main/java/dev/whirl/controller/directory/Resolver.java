package dev.whirl.controller.directory;

import dev.whirl.controller.access.Access;
import dev.whirl.model.ApiException;
import dev.whirl.model.ErrorCode;
import dev.whirl.model.Messages;
import dev.whirl.model.entity.ActionPackage;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.identity.Identity;
import org.jspecify.annotations.Nullable;

/// Finds the action or the package that a caller means, through bindings, and sees to it that the caller may use it
/// (rows ). A stranger does not learn what exists in other people's namespaces.
public final class Resolver {
    private final Directory directory;

    public Resolver(Directory directory) {
        this.directory = directory;
    }

    /// @param asked as the caller named it: with a package or a binding, or outside of packages
    /// @throws ApiException 403 or 404; 409 if the name belongs to something else
    public CallableAction action(Identity caller, EntityId asked) {
        EntityId pkg = asked.inPackage().orElse(null);
        if (pkg == null) {
            require(Access.toResource(caller, asked.namespace(), asked.toString()));
            return directory.action(asked).orElseThrow(() -> missing());
        }
        ReadablePackage found = packageFor(caller, pkg, asked);
        EntityId real = found.contents().id().member(asked.name());
        return directory
                .action(real)
                .map(each -> each.by(found.contents(), found.isBinding() ? found.named() : null))
                .orElseThrow(() -> missing());
    }

    /// A package that the caller may read, with its contents looked up.
    ///
    /// @throws ApiException 403 or 404; 409 if the name belongs to something else
    public ReadablePackage actionPackage(Identity caller, EntityId id) {
        return packageFor(caller, id, id);
    }

    private ReadablePackage packageFor(Identity caller, EntityId id, EntityId asked) {
        ActionPackage named = readable(caller, id, asked);
        EntityId target = named.binding();
        return target == null
                ? new ReadablePackage(named, named)
                : new ReadablePackage(named, target(caller, target, asked));
    }

    /// What a binding stands for. Nobody can make a binding of a binding, so that there is one step at most.
    private ActionPackage target(Identity caller, EntityId target, EntityId asked) {
        ActionPackage contents = readable(caller, target, asked);
        if (contents.isBinding()) {
            throw missing();
        }
        return contents;
    }

    private ActionPackage readable(Identity caller, EntityId id, EntityId asked) {
        boolean isOwner = caller.namespace().name().equals(id.namespace());
        @Nullable ActionPackage found = isOwner ? directory.actionPackage(id).orElse(null) : publicOrNull(id);
        if (found != null) {
            return found;
        }
        throw isOwner ? missing() : new ApiException(ErrorCode.FORBIDDEN, Messages.notAuthorizedFor(asked.toString()));
    }

    private @Nullable ActionPackage publicOrNull(EntityId id) {
        return directory.find(id).map(Known::entity).orElse(null) instanceof ActionPackage pkg
                        && pkg.isPublic()
                        && !pkg.isBinding()
                ? pkg
                : null;
    }

    private static void require(Access access) {
        if (access instanceof Access.Denied(String sentence)) {
            throw new ApiException(ErrorCode.FORBIDDEN, sentence);
        }
    }

    private static ApiException missing() {
        return new ApiException(ErrorCode.NOT_FOUND, Messages.RESOURCE_NOT_FOUND);
    }
}
