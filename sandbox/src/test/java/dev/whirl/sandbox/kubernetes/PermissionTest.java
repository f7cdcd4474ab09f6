package dev.whirl.sandbox.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.whirl.common.units.ByteSize;
import dev.whirl.sandbox.kubernetes.api.Permission;
import dev.whirl.sandbox.process.Probe;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// A role that grants what [Permission] lists grants enough, and not too much.
class PermissionTest {
    /// A server in its place asks for it, too; the mock one can't.
    private static final String OF_NEWER_SERVERS = "create pods/attach";

    @Test
    void whatIsAskedOfTheServerIsWhatTheRecordSays() throws Exception {
        try (var rig = new KubernetesRig()) {
            useEverything(rig);

            Set<String> asked = new TreeSet<>(rig.server().asked());
            asked.add(OF_NEWER_SERVERS);
            assertThat(asked).isEqualTo(granted());
        }
    }

    private static void useEverything(KubernetesRig rig) throws Exception {
        try (KubernetesSandboxes first = rig.open("network-policy", "ingress")) {
            Probe probe = KubernetesRig.start(first);
            probe.sandbox().resize(ByteSize.mebibytes(128));
            probe.answer("{'do':'echo'}");
            assertThatThrownBy(() -> KubernetesRig.startImage(first, "me/quits"))
                    .hasMessageContaining("it is no use"); // its log was read
            first.sweep();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> rig.server().asked().contains("patch leases.coordination.k8s.io"));
        }
        String self = rig.ownPod();
        rig.open("pod-name", self, "pod-uid", rig.uid(self)).close();
    }

    private static Set<String> granted() {
        var granted = new TreeSet<String>();
        for (Permission each : Permission.ALL) {
            String group = each.group().isEmpty() ? "" : "." + each.group();
            each.verbs().forEach(verb -> granted.add("%s %s%s".formatted(verb, each.resource(), group)));
        }
        return granted;
    }
}
