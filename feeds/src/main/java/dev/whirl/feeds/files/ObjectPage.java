package dev.whirl.feeds.files;

import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/// One answer of ListObjectsV2.
///
/// @param next token of the next page; null if this is the last
record ObjectPage(List<FoundFile> objects, @Nullable String next) {
    /// @return empty if it is none
    static Optional<ObjectPage> read(byte[] xml) {
        XMLInputFactory factory = XMLInputFactory.newFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        try {
            XMLStreamReader reader = factory.createXMLStreamReader(new ByteArrayInputStream(xml));
            return read(reader);
        } catch (XMLStreamException | NumberFormatException | DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Optional<ObjectPage> read(XMLStreamReader reader) throws XMLStreamException {
        var objects = new ArrayList<FoundFile>();
        Map<String, String> fields = new HashMap<>();
        String next = null;
        boolean isListing = false;
        var text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    isListing |= reader.getLocalName().equals("ListBucketResult");
                    text.setLength(0);
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    switch (reader.getLocalName()) {
                        case "Contents" -> {
                            objects.add(object(fields));
                            fields = new HashMap<>();
                        }
                        case "NextContinuationToken" -> next = text.toString();
                        default -> fields.put(reader.getLocalName(), text.toString());
                    }
                }
                default -> {
                    // comments and the like
                }
            }
        }
        return isListing ? Optional.of(new ObjectPage(List.copyOf(objects), next)) : Optional.empty();
    }

    private static FoundFile object(Map<String, String> fields) {
        return new FoundFile(
                fields.getOrDefault("Key", ""),
                Long.parseLong(fields.getOrDefault("Size", "0")),
                Instant.parse(fields.getOrDefault("LastModified", "")),
                fields.getOrDefault("ETag", "").replace("\"", ""));
    }
}
