package dev.whirl.controller.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.model.entity.EntityId;
import dev.whirl.model.entity.EntityName;
import dev.whirl.model.entity.NamespaceName;
import dev.whirl.model.message.InvokerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementTest {
    private static final long MEMORY = 256;

    @Test
    void aFreeWarmSandboxComesFirst() {
        assertThat(place(room(0), new InvokerView(new InvokerId(1), 0, 1, true, 50, 100), room(2)))
                .isEqualTo(on(1));
    }

    @Test
    void ofSeveralWarmInvokersTheLeastLoadedIsTaken() {
        assertThat(place(
                        new InvokerView(new InvokerId(0), 0, 1, true, 9, 100),
                        new InvokerView(new InvokerId(1), 0, 1, true, 3, 100)))
                .isEqualTo(on(1));
    }

    @Test
    void eachActionHasAHomeThatStaysWhenOthersComeAndGo() {
        List<InvokerView> ten =
                IntStream.range(0, 10).mapToObj(PlacementTest::room).toList();
        for (int i = 0; i < 100; i++) {
            Placement.On home = (Placement.On) Placement.decide(new ClusterView(ten), request("action" + i));
            var fewer = new ArrayList<>(ten);
            fewer.remove(ten.get((home.invoker().number() + 1) % 10));

            assertThat(Placement.decide(new ClusterView(fewer), request("action" + i)))
                    .isEqualTo(home);
        }
    }

    @Test
    void homesAreSpreadEvenly() {
        List<InvokerView> ten =
                IntStream.range(0, 10).mapToObj(PlacementTest::room).toList();
        var count = new int[10];

        for (int i = 0; i < 10_000; i++) {
            Placement.On home = (Placement.On) Placement.decide(new ClusterView(ten), request("action" + i));
            count[home.invoker().number()]++;
        }

        assertThat(Arrays.stream(count).max().orElseThrow()).isLessThan(1_200);
        assertThat(Arrays.stream(count).min().orElseThrow()).isGreaterThan(800);
    }

    @Test
    void aHomeThatCarriesMoreThanItsShareIsPassedOver() {
        Placement.On home = (Placement.On) place(room(0), room(1), room(2));
        InvokerView[] views = {room(0), room(1), room(2)};
        views[home.invoker().number()] = new InvokerView(home.invoker(), 10_000, 0, true, 20, 100);

        assertThat(place(views)).isNotEqualTo(home);
    }

    @Test
    void withoutRoomAnywhereTheCallQueuesBehindItsLike() {
        assertThat(place(
                        new InvokerView(new InvokerId(0), 0, 0, false, 1, 100),
                        new InvokerView(new InvokerId(1), 0, 0, true, 5, 100)))
                .isEqualTo(on(1));
        assertThat(place(
                        new InvokerView(new InvokerId(0), 0, 0, false, 1, 100),
                        new InvokerView(new InvokerId(1), 0, 0, false, 5, 100)))
                .isEqualTo(on(0));
    }

    @Test
    void whenAllQueuesAreFullThereIsNoCapacity() {
        assertThat(place(new InvokerView(new InvokerId(0), 10_000, 5, true, 100, 100)))
                .isEqualTo(new Placement.NoCapacity(1));
        assertThat(place()).isEqualTo(new Placement.NoCapacity(0));
    }

    private static Placement place(InvokerView... views) {
        return Placement.decide(new ClusterView(List.of(views)), request("a"));
    }

    private static InvokerView room(int number) {
        return new InvokerView(new InvokerId(number), 10_000, 0, false, 0, 100);
    }

    private static Placement on(int number) {
        return new Placement.On(new InvokerId(number));
    }

    private static PlacementRequest request(String name) {
        return new PlacementRequest(EntityId.of(new NamespaceName("ns"), new EntityName(name)), MEMORY, 1);
    }
}
