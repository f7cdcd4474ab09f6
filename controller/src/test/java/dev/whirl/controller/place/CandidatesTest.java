package dev.whirl.controller.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.common.units.ByteSize;
import dev.whirl.controller.place.InvokerView.Traits;
import dev.whirl.controller.place.PlacementRequest.Needs;
import dev.whirl.model.entity.Action;
import dev.whirl.model.entity.ActionLimits;
import dev.whirl.model.entity.Annotations;
import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.Exec;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.entity.Parameters;
import dev.whirl.model.entity.Version;
import dev.whirl.model.json.RawJson;
import dev.whirl.model.message.InvokerId;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CandidatesTest {
    private static final EntityId ACTION = EntityId.of(new NamespaceName("ns"), new EntityName("a"));
    private static final long MEMORY = ByteSize.mebibytes(256).bytes();
    private static final String IMAGE = "docker.io/somebody/image:1";

    @ParameterizedTest(name = "of {0} invokers the first {1} are managed, {2} and more run images")
    @CsvSource({"1,1,0", "2,2,1", "3,3,2", "9,9,8", "10,9,9", "11,10,10", "20,18,18", "25,23,23"})
    @Tag("A-8")
    @Tag("I-11")
    void imagesOfUsersHaveAPoolOfTheirOwn(int invokers, int managed, int firstOfBlackbox) {
        ClusterView view = plain(invokers);

        assertThat(numbers(view, request("", Set.of(), true))).isEqualTo(range(0, managed));
        assertThat(numbers(view, request(IMAGE, Set.of(), true))).isEqualTo(range(firstOfBlackbox, invokers));
    }

    @Test
    @Tag("A-8")
    void theInstallationsOwnImagesAreManaged() {
        var pools = new Pools(50, 50, Set.of("openwhisk/dockerskeleton"));
        var view = new ClusterView(plain(4).invokers(), pools);

        assertThat(numbers(view, request("openwhisk/dockerskeleton", Set.of(), true)))
                .isEqualTo(range(0, 2));
        assertThat(numbers(view, request("docker.io/openwhisk/dockerskeleton:nightly", Set.of(), true)))
                .isEqualTo(range(0, 2));
        assertThat(numbers(view, request("localhost:5000/openwhisk/other", Set.of(), true)))
                .isEqualTo(range(2, 4));
    }

    @Test
    @Tag("A-9")
    void anActionThatNeedsResourcesGoesWhereAllOfThemAre() {
        ClusterView view = view(tagged(0), tagged(1, "gpu"), tagged(2, "gpu", "disk"), tagged(3, "disk"));

        assertThat(numbers(view, request("", Set.of("gpu"), true))).containsExactly(1, 2);
        assertThat(numbers(view, request("", Set.of("gpu", "disk"), true))).containsExactly(2);
    }

    @Test
    @Tag("A-9")
    void whoNeedsNothingLeavesInvokersWithResourcesToOthersIfThereIsAChoice() {
        assertThat(numbers(view(tagged(0, "gpu"), tagged(1), tagged(2)), request("", Set.of(), true)))
                .containsExactly(1, 2);
        assertThat(numbers(view(tagged(0, "gpu"), tagged(1, "disk")), request("", Set.of(), true)))
                .containsExactly(0, 1);
    }

    @Test
    @Tag("A-9")
    void withoutItsResourcesAStrictActionGoesNowhereAndAnotherOneAnywhere() {
        ClusterView view = view(tagged(0), tagged(1, "disk"));

        assertThat(Placement.decide(view, request("", Set.of("gpu", "fpga"), true)))
                .isEqualTo(new Placement.NoneFits("no invoker that takes work has the resources fpga, gpu"));
        assertThat(numbers(view, request("", Set.of("gpu"), false))).containsExactly(0);
        assertThat(numbers(view(tagged(1, "disk")), request("", Set.of("gpu"), false)))
                .containsExactly(1);
    }

    @Test
    @Tag("A-9")
    void aNamespaceUsesItsDedicatedInvokersAndNobodyElseDoes() {
        ClusterView view = view(tagged(0), dedicated(1, "rich"), dedicated(2, "rich", "other"));
        PlacementRequest request = request("", Set.of(), true);

        assertThat(numbers(view, request.by("rich"))).containsExactly(1, 2);
        assertThat(numbers(view, request.by("other"))).containsExactly(2);
        assertThat(numbers(view, request.by("poor"))).containsExactly(0);
        assertThat(Placement.decide(view(dedicated(1, "rich")), request.by("poor")))
                .isEqualTo(new Placement.NoneFits("all invokers that take work are dedicated to other namespaces"));
    }

    @Test
    void whatIsLargerThanAPoolDoesNotGoThere() {
        InvokerView small = of(0, new Traits(MEMORY - 1, Set.of(), Set.of()));

        assertThat(numbers(view(small, of(1, new Traits(MEMORY, Set.of(), Set.of()))), request("", Set.of(), true)))
                .containsExactly(1);
        assertThat(Placement.decide(view(small), request("", Set.of(), true)))
                .isEqualTo(new Placement.NoneFits("no invoker has 256 MB of memory for one action"));
    }

    @ParameterizedTest(name = "{0} means {1}")
    @CsvSource(
            delimiter = '|',
            value = {"[\"gpu\"]|gpu", "[\"gpu\",1,null]|gpu", "\"gpu\"|", "[]|", "{}|", "null|"})
    @Tag("A-9")
    void resourcesAreReadFromTheAnnotation(String json, String resource) throws Exception {
        Action action = action(Annotations.NONE.with("invoker-resources", RawJson.parse(json)));

        Needs needs = PlacementRequest.of(action).needs();

        assertThat(needs.resources()).isEqualTo(resource == null ? Set.of() : Set.of(resource));
        assertThat(needs.isStrict()).isTrue();
    }

    @Test
    @Tag("A-9")
    void thePolicyIsStrictUnlessTheAnnotationSaysOtherwise() throws Exception {
        Annotations annotations = Annotations.NONE
                .with("invoker-resources", RawJson.parse("[\"gpu\"]"))
                .with("invoker-resources-strict-policy", RawJson.FALSE);

        assertThat(PlacementRequest.of(action(annotations)).needs().isStrict()).isFalse();
    }

    private static List<Integer> numbers(ClusterView view, PlacementRequest request) {
        return switch (Candidates.of(view, request)) {
            case Candidates.Some(var invokers) ->
                invokers.stream().map(each -> each.id().number()).toList();
            case Candidates.None(String reason) -> throw new AssertionError(reason);
        };
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static ClusterView plain(int invokers) {
        return new ClusterView(
                IntStream.range(0, invokers).mapToObj(CandidatesTest::tagged).toList(), Pools.DEFAULT);
    }

    private static ClusterView view(InvokerView... invokers) {
        return new ClusterView(List.of(invokers), Pools.UNDIVIDED);
    }

    private static InvokerView tagged(int number, String... tags) {
        return of(number, new Traits(Long.MAX_VALUE, Set.of(tags), Set.of()));
    }

    private static InvokerView dedicated(int number, String... namespaces) {
        return of(number, new Traits(Long.MAX_VALUE, Set.of(), Set.of(namespaces)));
    }

    private static InvokerView of(int number, Traits traits) {
        return new InvokerView(new InvokerId(number), MEMORY, 0, false, 0, 10, traits);
    }

    private static PlacementRequest request(String image, Set<String> resources, boolean isStrict) {
        return new PlacementRequest(ACTION, MEMORY, 1, new Needs(image, resources, isStrict), "ns");
    }

    private static Action action(Annotations annotations) {
        return new Action(
                ACTION,
                new Exec.Blackbox(IMAGE, null, null),
                Parameters.NONE,
                ActionLimits.DEFAULT,
                Version.FIRST,
                annotations,
                Instant.EPOCH);
    }
}
