package dev.whirl.sandbox.kubernetes.manifest;

import dev.whirl.common.units.ByteSize;
import dev.whirl.model.json.JsonWriter;
import dev.whirl.model.json.RawJson;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a pod gets of its node: memory as its action says, no more and no less; processors as its share of memory.
///
/// @param millicpus for 256 MB of memory; zero asks for none
/// @param mostMillicpus however much memory it has
/// @param boundsCpu whether it gets no more than that when a node has processors to spare
/// @param disk most that it writes, its log included; zero for no bound
public record PodShares(long millicpus, long mostMillicpus, boolean boundsCpu, ByteSize disk) {
    private static final ByteSize UNIT = ByteSize.mebibytes(256);
    private static final ByteSize LEAST_DISK = ByteSize.mebibytes(64);
    private static final String MEMORY = "memory";
    private static final String CPU = "cpu";
    private static final String DISK = "ephemeral-storage";

    ResourceRequirements of(ByteSize memory) {
        return new ResourceRequirementsBuilder()
                .withRequests(quantities(requests(memory, true)))
                .withLimits(quantities(limits(memory, true)))
                .build();
    }

    /// What changes with the memory, as in a manifest.
    public RawJson resized(ByteSize memory) {
        var out = new JsonWriter().startObject().name("requests").startObject();
        requests(memory, false).forEach(out::field);
        out.endObject().name("limits").startObject();
        limits(memory, false).forEach(out::field);
        return out.endObject().endObject().toRawJson();
    }

    private SortedMap<String, String> requests(ByteSize memory, boolean withDisk) {
        var requests = new TreeMap<String, String>();
        requests.put(MEMORY, text(memory));
        if (millicpus > 0) {
            requests.put(CPU, cpu(memory));
        }
        if (withDisk && disk.bytes() > 0) {
            requests.put(DISK, text(disk.compareTo(LEAST_DISK) < 0 ? disk : LEAST_DISK));
        }
        return requests;
    }

    private SortedMap<String, String> limits(ByteSize memory, boolean withDisk) {
        var limits = new TreeMap<String, String>();
        limits.put(MEMORY, text(memory));
        if (millicpus > 0 && boundsCpu) {
            limits.put(CPU, cpu(memory));
        }
        if (withDisk && disk.bytes() > 0) {
            limits.put(DISK, text(disk));
        }
        return limits;
    }

    private String cpu(ByteSize memory) {
        long share = Math.max(1, millicpus * memory.bytes() / UNIT.bytes());
        return Math.min(mostMillicpus, share) + "m";
    }

    private static String text(ByteSize size) {
        return Long.toString(size.bytes());
    }

    private static SortedMap<String, Quantity> quantities(SortedMap<String, String> texts) {
        var quantities = new TreeMap<String, Quantity>();
        texts.forEach((name, text) -> quantities.put(name, new Quantity(text)));
        return quantities;
    }
}
