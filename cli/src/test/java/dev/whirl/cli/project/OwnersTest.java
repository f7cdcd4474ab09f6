package dev.whirl.cli.project;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.cli.project.EntityKey.Kind;
import dev.whirl.cli.project.Owners.Owned;
import dev.whirl.client.KeyValues;
import dev.whirl.client.LimitsUpdate;
import dev.whirl.client.QualifiedName;
import dev.whirl.model.json.MalformedJsonException;
import dev.whirl.model.json.RawJson;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Which projects go with the one that they were fetched for.
@Tag("L-41")
final class OwnersTest {
    private final List<Owned> all = new ArrayList<>();

    @Test
    void whatAProjectNeedsGoesWithItAndWhatThatNeedsToo() {
        project("shop", "", "tools");
        project("tools", "shop", "base");
        project("base", "shop");

        assertThat(new Owners(all).unneeded("shop", Set.of())).containsExactlyInAnyOrder("tools", "base");
        assertThat(new Owners(all).unneeded("shop", Set.of("tools", "base"))).isEmpty();
    }

    @Test
    void whatAnotherProjectNeedsStaysWithAllThatItNeeds() {
        project("shop", "", "tools", "only");
        project("bakery", "", "tools");
        project("tools", "shop", "base");
        project("base", "shop");
        project("only", "shop");

        assertThat(new Owners(all).unneeded("shop", Set.of())).containsExactly("only");
        assertThat(new Owners(all).neededByOthersThan(Set.of("shop", "tools", "base", "only")))
                .containsExactlyInAnyOrder("bakery", "tools", "base");
    }

    @Test
    void whatAFetchedProjectNoLongerNeedsGoes() {
        project("shop", "", "tools");
        project("tools", "shop", "base");
        project("base", "shop");

        assertThat(new Owners(all).unneeded("shop", Set.of("tools"))).containsExactly("base");
    }

    /// The package was marked anew, without the dependency, before that could be removed.
    @Test
    void whatAnInterruptedDeploymentLeftBehindGoesWithTheNextOne() {
        project("shop", "");
        project("tools", "shop");

        assertThat(new Owners(all).unneeded("shop", Set.of())).containsExactly("tools");
        assertThat(new Owners(all).unneeded("bakery", Set.of())).isEmpty();
    }

    @Test
    void aProjectThatOthersNeedTellsWho() {
        project("shop", "", "tools");
        project("bakery", "", "tools");
        project("tools", "shop", "base");
        project("base", "shop", "tools");

        assertThat(new Owners(all).needing("tools")).containsExactly("bakery", "base", "shop");
        assertThat(new Owners(all).needing("base")).containsExactly("tools");
        assertThat(new Owners(all).needing("shop")).isEmpty();
    }

    @Test
    void projectsThatNeedEachOtherComeToAnEnd() {
        project("a", "", "b");
        project("b", "a", "a");

        assertThat(new Owners(all).unneeded("a", Set.of())).containsExactly("b");
        assertThat(new Owners(all).needing("a")).isEmpty();
    }

    @Test
    void marksOfOtherProgramsAreUnderstoodAsFarAsTheyNameAProject() {
        assertThat(
                        read(
                                "{\"projectName\":\"shop\",\"projectDeps\":[{\"key\":\"/guest/a\"}],\"file\":5,\"apis\":[{},7]}"))
                .isEqualTo("shop");
        assertThat(read("{\"projectName\":7}")).isEmpty();
        assertThat(read("\"text\"")).isEmpty();
        assertThat(read("[]")).isEmpty();
    }

    private static String read(String value) {
        KeyValues annotations = KeyValues.read(json("[{\"key\":\"whisk-managed\",\"value\":%s}]".formatted(value)));
        return Mark.of(annotations).map(Mark::projectName).orElse("");
    }

    private static RawJson json(String text) {
        try {
            return RawJson.parse(text);
        } catch (MalformedJsonException e) {
            throw new IllegalStateException(e);
        }
    }

    private void project(String name, String neededBy, String... needs) {
        var dependencies = new LinkedHashMap<String, Mark>();
        for (String each : needs) {
            dependencies.put("/guest/" + each, mark(each, name, new LinkedHashMap<>()));
        }
        Mark written = mark(name, neededBy, dependencies);
        KeyValues annotations = KeyValues.NONE.with(Mark.ANNOTATION, written.toJson());
        var key = new EntityKey(Kind.PACKAGE, new QualifiedName("_", null, name));
        all.add(new Owned(key, Mark.of(annotations).orElseThrow(), annotations, LimitsUpdate.NOTHING));
    }

    private static Mark mark(String name, String neededBy, SequencedMap<String, Mark> dependencies) {
        return new Mark(name, new Mark.Source("hash", "manifest.yaml", ""), neededBy, dependencies, List.of(), null);
    }
}
