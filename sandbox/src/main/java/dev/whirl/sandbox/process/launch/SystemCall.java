package dev.whirl.sandbox.process.launch;

/// System calls that the filter looks at, with their numbers on x86-64 and on 64-bit ARM; -1 where there is none.
///
/// What is forbidden is what functions don't need and kernels were broken through, or what reaches beyond the sandbox
/// (attack 12): tracing, other ways to run code in the kernel, mounts and namespaces, keys, clocks, modules.
enum SystemCall {
    PTRACE(101, 117),
    PROCESS_VM_READV(310, 270),
    PROCESS_VM_WRITEV(311, 271),
    PROCESS_MADVISE(440, 440),
    KCMP(312, 272),
    PIDFD_GETFD(438, 438),
    BPF(321, 280),
    USERFAULTFD(323, 282),
    PERF_EVENT_OPEN(298, 241),
    IO_URING_SETUP(425, 425),
    IO_URING_ENTER(426, 426),
    IO_URING_REGISTER(427, 427),
    KEYCTL(250, 219),
    ADD_KEY(248, 217),
    REQUEST_KEY(249, 218),
    MOUNT(165, 40),
    UMOUNT2(166, 39),
    PIVOT_ROOT(155, 41),
    CHROOT(161, 51),
    MOVE_MOUNT(429, 429),
    OPEN_TREE(428, 428),
    OPEN_TREE_ATTR(467, 467),
    FSOPEN(430, 430),
    FSCONFIG(431, 431),
    FSMOUNT(432, 432),
    FSPICK(433, 433),
    MOUNT_SETATTR(442, 442),
    UNSHARE(272, 97),
    SETNS(308, 268),
    KEXEC_LOAD(246, 104),
    KEXEC_FILE_LOAD(320, 294),
    CREATE_MODULE(174, -1),
    INIT_MODULE(175, 105),
    FINIT_MODULE(313, 273),
    DELETE_MODULE(176, 106),
    QUERY_MODULE(178, -1),
    NAME_TO_HANDLE_AT(303, 264),
    OPEN_BY_HANDLE_AT(304, 265),
    FANOTIFY_INIT(300, 262),
    FANOTIFY_MARK(301, 263),
    LOOKUP_DCOOKIE(212, 18),
    QUOTACTL(179, 60),
    QUOTACTL_FD(443, 443),
    NFSSERVCTL(180, 42),
    REBOOT(169, 142),
    SWAPON(167, 224),
    SWAPOFF(168, 225),
    ACCT(163, 89),
    SYSLOG(103, 116),
    SETTIMEOFDAY(164, 170),
    CLOCK_SETTIME(227, 112),
    CLOCK_ADJTIME(305, 266),
    ADJTIMEX(159, 171),
    SETHOSTNAME(170, 161),
    SETDOMAINNAME(171, 162),
    VHANGUP(153, 58),
    IOPL(172, -1),
    IOPERM(173, -1),
    MODIFY_LDT(154, -1),
    USELIB(134, -1),
    USTAT(136, -1),
    SYSFS(139, -1),
    SYSCTL(156, -1),
    MOVE_PAGES(279, 239),
    MIGRATE_PAGES(256, 238),
    MEMFD_SECRET(447, 447),
    LSM_SET_SELF_ATTR(460, 460),

    /// Memory that belongs to no process: forbidden where only the memory of processes is counted.
    SHMGET(29, 194),
    MSGGET(68, 186),
    MQ_OPEN(240, 180),
    MEMFD_CREATE(319, 279),

    /// Allowed with some arguments.
    CLONE(56, 220),
    CLONE3(435, 435),
    PERSONALITY(135, 92),
    IOCTL(16, 29),
    SOCKET(41, 198),
    SOCKETPAIR(53, 199),
    SETSOCKOPT(54, 208);

    /// The last number that was known when this was written: from 424 on they are the same everywhere.
    static final int LAST_KNOWN = 469;

    private final int x86;
    private final int arm;

    SystemCall(int x86, int arm) {
        this.x86 = x86;
        this.arm = arm;
    }

    int number(SystemCallFilter.Machine machine) {
        return switch (machine) {
            case X86_64 -> x86;
            case AARCH64 -> arm;
        };
    }
}
