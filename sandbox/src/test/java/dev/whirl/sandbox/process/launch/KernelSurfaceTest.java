package dev.whirl.sandbox.process.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.whirl.sandbox.process.Probe;
import dev.whirl.sandbox.process.Rig;
import dev.whirl.sandbox.process.launch.SystemCallFilter.Machine;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Asks the real kernel, from inside of a sandbox, for what no function may have.
public class KernelSurfaceTest {
    private static final Machine MACHINE =
            Machine.of(System.getProperty("os.arch")).orElseThrow();
    private static final int NEW_USER_NAMESPACE = 0x10000000;
    private static final String ADDRESS_OF_NOTHING = "0";

    @Test
    @Tag("attack-12")
    @Tag("attack-8")
    public void dangerousCallsFail() throws Exception {
        try (Rig rig = Rig.open();
                Probe probe = rig.start()) {
            for (SystemCall call : new SystemCall[] {
                SystemCall.PTRACE,
                SystemCall.PROCESS_VM_READV,
                SystemCall.BPF,
                SystemCall.USERFAULTFD,
                SystemCall.IO_URING_SETUP,
                SystemCall.KEYCTL,
                SystemCall.ADD_KEY,
                SystemCall.PERF_EVENT_OPEN,
                SystemCall.MOUNT,
                SystemCall.UMOUNT2,
                SystemCall.PIVOT_ROOT,
                SystemCall.CHROOT,
                SystemCall.FSOPEN,
                SystemCall.OPEN_TREE,
                SystemCall.OPEN_BY_HANDLE_AT,
                SystemCall.SETNS,
                SystemCall.REBOOT,
                SystemCall.SYSLOG
            }) {
                assertThat(result(probe, call, ADDRESS_OF_NOTHING))
                        .as(call.name())
                        .isEqualTo("EPERM");
            }
            assertThat(result(probe, SystemCall.UNSHARE, Integer.toString(NEW_USER_NAMESPACE)))
                    .isEqualTo("EPERM");
            assertThat(result(probe, SystemCall.CLONE, Integer.toString(NEW_USER_NAMESPACE)))
                    .isEqualTo("EPERM");
            assertThat(result(probe, SystemCall.CLONE3, ADDRESS_OF_NOTHING)).isEqualTo("ENOSYS");
        }
    }

    @Test
    @Tag("attack-12")
    public void unusualSocketsCannotBeMade() throws Exception {
        try (Rig rig = Rig.open();
                Probe probe = rig.start()) {
            for (int family : new int[] {17, 38, 40}) {
                assertThat(probe.result("{'do':'make_socket','family':%d,'type':1}".formatted(family)))
                        .isEqualTo("EAFNOSUPPORT");
            }
            assertThat(probe.result("{'do':'make_socket','family':2,'type':1}")).isEqualTo("None");
        }
    }

    @Test
    @Tag("attack-8")
    public void thereAreNoCapabilitiesAndNoWayToGetThem() throws Exception {
        try (Rig rig = Rig.open();
                Probe probe = rig.start()) {
            String status = probe.answer("{'do':'identity'}");

            assertThat(status)
                    .contains("CapEff:\\t0000000000000000", "CapBnd:\\t0000000000000000", "NoNewPrivs:\\t1")
                    .contains("Seccomp:\\t2");
        }
    }

    private static String result(Probe probe, SystemCall call, String argument) throws Exception {
        return probe.result(
                "{'do':'system_call','number':%d,'arguments':[%s,0,0,0,0]}".formatted(call.number(MACHINE), argument));
    }
}
