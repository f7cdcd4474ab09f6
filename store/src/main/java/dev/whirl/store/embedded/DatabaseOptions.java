package dev.whirl.store.embedded;

import java.util.ArrayList;
import java.util.List;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompressionType;
import org.rocksdb.DBOptions;
import org.rocksdb.Env;
import org.rocksdb.LRUCache;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileManager;
import org.rocksdb.WALRecoveryMode;

/// How RocksDB is set up: little memory, few threads, and no acknowledged write lost.
///
/// A damaged end of the log is cut off at the last record that is whole: all that was synced comes before it.
/// The file manager is there because with it RocksDB takes up writing again by itself after a full disk.
final class DatabaseOptions implements AutoCloseable {
    private static final long MIB = 1024 * 1024;
    private static final long BLOCK_CACHE = 32 * MIB;
    private static final long WRITE_BUFFERS = 32 * MIB;
    private static final long WRITE_BUFFER = 8 * MIB;
    private static final long LOG_FILES = 64 * MIB;
    private static final long BLOB_FILE = 32 * MIB;
    private static final long MIN_BLOB = 4096;
    private static final int OPEN_FILES = 256;
    private static final int BLOOM_BITS = 10;

    private final List<AbstractNativeReference> owned = new ArrayList<>();
    private final DBOptions database;
    private final List<ColumnFamilyDescriptor> families = new ArrayList<>();

    DatabaseOptions() throws RocksDBException {
        Cache cache = own(new LRUCache(BLOCK_CACHE));
        BloomFilter filter = own(new BloomFilter(BLOOM_BITS));
        database = own(database(own(new SstFileManager(Env.getDefault())), own(new DatabaseLog())));
        families.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, own(family(cache, filter))));
        for (Table table : Table.values()) {
            ColumnFamilyOptions options = own(family(cache, filter));
            if (table == Table.RECORDS) {
                withBlobs(options);
            }
            families.add(new ColumnFamilyDescriptor(table.family(), options));
        }
    }

    DBOptions database() {
        return database;
    }

    /// The default family, which stays empty, then one for each table in its order.
    List<ColumnFamilyDescriptor> families() {
        return families;
    }

    @Override
    public void close() {
        owned.reversed().forEach(AbstractNativeReference::close);
    }

    private <T extends AbstractNativeReference> T own(T object) {
        owned.add(object);
        return object;
    }

    private static DBOptions database(SstFileManager files, DatabaseLog log) {
        return new DBOptions()
                .setCreateIfMissing(true)
                .setCreateMissingColumnFamilies(true)
                .setWalRecoveryMode(WALRecoveryMode.PointInTimeRecovery)
                .setSstFileManager(files)
                .setLogger(log)
                .setMaxBackgroundJobs(2)
                .setMaxOpenFiles(OPEN_FILES)
                .setDbWriteBufferSize(WRITE_BUFFERS)
                .setMaxTotalWalSize(LOG_FILES)
                .setMaxManifestFileSize(4 * MIB)
                .setStatsDumpPeriodSec(0)
                .setStatsPersistPeriodSec(0);
    }

    private static ColumnFamilyOptions family(Cache cache, BloomFilter filter) {
        var table = new BlockBasedTableConfig()
                .setBlockCache(cache)
                .setBlockSize(8 * 1024)
                .setCacheIndexAndFilterBlocks(true)
                .setPinL0FilterAndIndexBlocksInCache(true)
                .setFilterPolicy(filter);
        return new ColumnFamilyOptions()
                .setTableFormatConfig(table)
                .setWriteBufferSize(WRITE_BUFFER)
                .setMaxWriteBufferNumber(3)
                .setTargetFileSizeBase(16 * MIB)
                .setMaxBytesForLevelBase(64 * MIB)
                .setCompressionType(CompressionType.LZ4_COMPRESSION);
    }

    private static void withBlobs(ColumnFamilyOptions options) {
        options.setEnableBlobFiles(true)
                .setMinBlobSize(MIN_BLOB)
                .setBlobFileSize(BLOB_FILE)
                .setBlobCompressionType(CompressionType.LZ4_COMPRESSION)
                .setEnableBlobGarbageCollection(true)
                .setBlobGarbageCollectionAgeCutoff(0.5)
                .setBlobGarbageCollectionForceThreshold(0.5);
    }
}
