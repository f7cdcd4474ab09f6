package dev.whirl.sandbox.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrphanSweepTest {
    private final Containers containers = new Containers();
    private final OrphanSweep<String> sweep = new OrphanSweep<>(containers);

    @Test
    void whatIsFoundTwiceInARowIsRemoved() throws Exception {
        containers.unknown.add("a");
        assertThat(sweep.look()).isZero();
        containers.unknown.add("b");

        assertThat(sweep.look()).isEqualTo(1);

        assertThat(containers.unknown).containsExactly("b");
    }

    @Test
    void whatIsKnownByTheNextLookStays() throws Exception {
        containers.unknown.add("a");
        sweep.look();
        containers.unknown.clear();
        sweep.look();
        containers.unknown.add("a");

        assertThat(sweep.look()).isZero();
    }

    @Test
    void aLookThatFailedProvesNothing() throws Exception {
        containers.unknown.add("a");
        sweep.look();
        containers.isBroken = true;
        assertThatThrownBy(sweep::look).isInstanceOf(IOException.class);
        containers.isBroken = false;

        assertThat(sweep.look()).isZero();
        assertThat(sweep.look()).isEqualTo(1);
    }

    @Test
    void whatCannotBeRemovedKeepsNobodyFromRemovingTheOthersAndIsTriedAgain() throws Exception {
        containers.unknown.addAll(Set.of("a", "b", "stuck"));
        sweep.look();

        assertThatThrownBy(sweep::look)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("1 of them could not be removed, the first because: it is stuck");
        assertThat(containers.unknown).containsExactly("stuck");

        containers.isStuck = false;
        assertThat(sweep.look()).isEqualTo(1);
    }

    @Test
    void theFirstLookIsPartOfTheStart() {
        containers.isBroken = true;

        assertThatThrownBy(() -> OrphanSweep.started(containers)).isInstanceOf(IOException.class);
    }

    private static final class Containers implements OrphanSweep.Backend<String> {
        private final Set<String> unknown = new HashSet<>();
        private boolean isBroken;
        private boolean isStuck = true;

        @Override
        public Set<String> unknown() throws IOException {
            if (isBroken) {
                throw new IOException("nobody answers");
            }
            return unknown;
        }

        @Override
        public void remove(String container) throws IOException {
            if (isStuck && container.equals("stuck")) {
                throw new IOException("it is stuck");
            }
            unknown.remove(container);
        }
    }
}
