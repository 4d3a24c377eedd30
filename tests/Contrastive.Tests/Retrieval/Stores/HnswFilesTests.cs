using Contrastive.Retrieval;
using Contrastive.Tests.Data;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class HnswFilesTests : IDisposable
{
    private const int Count = 500;
    private readonly TemporaryFolder _folder = new();
    private readonly TorchSharp.DisposeScope _scope = NewDisposeScope();

    private string Place => _folder.At("index");

    public void Dispose()
    {
        _scope.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(HnswStorage.Float32)]
    [InlineData(HnswStorage.Int8)]
    public void A_store_that_was_saved_gives_the_same_results_and_grows_on(HnswStorage storage)
    {
        var queries = Clusters.Draw(20, 16, 3);
        using var store = Filled(new() { Storage = storage, Connectivity = 8, ExpansionSearch = 11 });
        store.Save(Place);
        using var opened = HnswVectorStore.Open(Place, threads: 1);
        Assert.Equal((Count - 100, 16, VectorMetric.Cosine, 11), (opened.Count, opened.Dimension, opened.Metric, opened.ExpansionSearch));
        Assert.Equal(store.Search(queries, 10), opened.Search(queries, 10));
        opened.Upsert(["new", VectorStoreContract.Ids(Count)[200]], queries.narrow(0, 0, 2));
        Assert.Equal(Count - 99, opened.Count);
        Assert.Equal(["new", VectorStoreContract.Ids(Count)[200]], opened.Search(queries.narrow(0, 0, 2), 1).Select(found => found[0].Id));
    }

    [Fact]
    public void Saving_again_takes_the_older_stores_place_and_leaves_nothing_beside_it()
    {
        using var store = Filled(new());
        store.Save(Place);
        store.Delete(VectorStoreContract.Ids(Count)[..200]);
        store.Save(Place);
        Assert.Equal(["index", "index/ids.bin", "index/store.json", "index/vectors.usearch"], _folder.Names);
        using var opened = HnswVectorStore.Open(Place);
        Assert.Equal(Count - 200, opened.Count);
    }

    [Fact]
    public void An_empty_store_is_saved_too()
    {
        using var store = new HnswVectorStore(3);
        store.Save(Place);
        using var opened = HnswVectorStore.Open(Place);
        Assert.Equal(0, opened.Count);
        opened.Upsert(["a"], ones(1, 3));
        Assert.Equal([new("a", 3)], opened.Search(ones(1, 3), 1)[0]);
    }

    [Fact]
    public void A_folder_of_other_things_is_left_alone()
    {
        _folder.Write("index/thesis.txt", [1]);
        using var store = Filled(new());
        Assert.Contains("other than a store", Assert.Throws<IOException>(() => store.Save(Place)).Message);
        Assert.Equal(["index", "index/thesis.txt"], _folder.Names);
    }

    [Fact]
    public void What_is_no_store_or_damaged_or_of_another_version_is_refused_by_its_file()
    {
        Assert.Contains("no store in", Assert.Throws<FileNotFoundException>(() => HnswVectorStore.Open(Place)).Message);
        using var store = Filled(new());
        Refused("store.json: the store has version 9, this library reads 1", "store.json", file => File.WriteAllText(file, File.ReadAllText(file).Replace("\"Version\":1", "\"Version\":9")));
        Refused("store.json: it is not the description", "store.json", file => File.WriteAllText(file, "{}"));
        Refused("store.json: it is not the description", "store.json", file => File.WriteAllText(file, "PK"));
        Refused("vectors.usearch: the file is missing", "vectors.usearch", File.Delete);
        Refused("ids.bin: the file is missing", "ids.bin", File.Delete);
        Refused("vectors.usearch: it has 1000 bytes", "vectors.usearch", file => CutOff(file, 1000));
        Refused("vectors.usearch: it is not a complete index", "vectors.usearch", file => File.WriteAllBytes(file, new byte[new FileInfo(file).Length]));
        Refused("ids.bin: it is damaged", "ids.bin", file => CutOff(file, 100));

        void Refused(string because, string name, Action<string> damage)
        {
            store.Save(Place);
            damage(Path.Combine(Place, name));
            Assert.Contains(because, Assert.Throws<InvalidDataException>(() => HnswVectorStore.Open(Place)).Message);
            store.Save(_folder.At("fresh"));
            Directory.Delete(Place, recursive: true);
        }
    }

    private static void CutOff(string file, int length) => File.WriteAllBytes(file, File.ReadAllBytes(file)[..length]);

    private static HnswVectorStore Filled(HnswOptions options)
    {
        var store = new HnswVectorStore(16, VectorMetric.Cosine, options);
        store.Upsert(VectorStoreContract.Ids(Count), Clusters.Draw(Count, 16, 2));
        store.Delete(VectorStoreContract.Ids(Count)[..100]);
        return store;
    }
}
