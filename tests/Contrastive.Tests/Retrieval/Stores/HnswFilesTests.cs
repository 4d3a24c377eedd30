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
    [InlineData(VectorPrecision.Float32)]
    [InlineData(VectorPrecision.Int8)]
    public void A_store_that_was_saved_gives_the_same_results_and_grows_on(VectorPrecision precision)
    {
        var queries = Clusters.Draw(20, 16, 3);
        using var store = Filled(new() { Precision = precision, Connectivity = 8, ExpansionSearch = 11 });
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
        using var store = Filled(new());
        Left("thesis.txt", "thesis.txt");
        Left("'store.json' is missing or not a store's", "store.json");
        Left("thesis.txt", "store.json", "thesis.txt");
        Left("ids.bin", "ids.bin/thesis.txt");
        store.Save(Place);
        _folder.Write("index/thesis.txt", [1]);
        Assert.Contains("thesis.txt", Assert.Throws<IOException>(() => store.Save(Place)).Message);
        HnswVectorStore.Open(Place).Dispose();
        Assert.Contains("other than a store", Assert.Throws<IOException>(() => store.Save(_folder.At("index/thesis.txt"))).Message);

        void Left(string because, params string[] files)
        {
            foreach (var file in files)
                _folder.Write($"index/{file}", "{}"u8.ToArray());
            var names = _folder.Names;
            Assert.Contains(because, Assert.Throws<IOException>(() => store.Save(Place)).Message);
            Assert.Equal(names, _folder.Names);
            Directory.Delete(Place, recursive: true);
        }
    }

    [Fact]
    public void A_store_of_another_version_may_be_replaced()
    {
        using var store = Filled(new());
        store.Save(Place);
        Change("\"Version\":2", "\"Version\":1");
        store.Save(Place);
        HnswVectorStore.Open(Place).Dispose();
    }

    [Fact]
    public void However_often_vectors_are_replaced_the_store_holds_no_more_than_they_need()
    {
        using var store = new HnswVectorStore(3);
        for (var round = 0; round < 50; round++)
            store.Upsert(["a", "b"], ones(2, 3));
        store.Save(Place);
        Assert.Equal(2 * (8 + 2), new FileInfo(_folder.At("index/ids.bin")).Length);
        using var opened = HnswVectorStore.Open(Place);
        opened.Upsert(["c", "b"], 2 * ones(2, 3));
        Assert.Equal([new("b", 6), new("c", 6), new("a", 3)], opened.Search(ones(1, 3), 5)[0]);
    }

    [Fact]
    public void What_is_no_store_or_damaged_or_of_another_version_is_refused_by_its_file()
    {
        Assert.Contains("no store in", Assert.Throws<FileNotFoundException>(() => HnswVectorStore.Open(Place)).Message);
        using var store = Filled(new());
        Refused("store.json: the store has version 9, this library reads 2", "store.json", file => File.WriteAllText(file, File.ReadAllText(file).Replace("\"Version\":2", "\"Version\":9")));
        Refused("store.json: it is not the description", "store.json", file => File.WriteAllText(file, "{}"));
        Refused("store.json: it is not the description", "store.json", file => File.WriteAllText(file, "PK"));
        Refused("vectors.usearch: the file is missing", "vectors.usearch", File.Delete);
        Refused("ids.bin: the file is missing", "ids.bin", File.Delete);
        Refused("vectors.usearch: its SHA-256 is", "vectors.usearch", file => CutOff(file, 1000));
        Refused("ids.bin: its SHA-256 is", "ids.bin", file => CutOff(file, 100));
        foreach (var place in new[] { 3, 8, 12 }) // of a key, the length of an id, an id
            Refused("ids.bin: its SHA-256 is", "ids.bin", file => Changed(file, bytes => bytes[place] ^= 1));
        Refused("store.json: it describes no store: Connectivity is 0", "store.json", _ => Change("\"Connectivity\":16", "\"Connectivity\":0"));
        Refused("store.json: it describes no store: dimension is -1", "store.json", _ => Change("\"Dimension\":16", "\"Dimension\":-1"));
        Refused("store.json: VectorMetric is '7'; expected InnerProduct or Cosine", "store.json", _ => Change("\"Metric\":\"Cosine\"", "\"Metric\":\"7\""));
        Refused("store.json: VectorPrecision is ''", "store.json", _ => Change("\"Precision\":\"Float32\"", "\"Precision\":null"));
        // With sums that fit:
        Refused("vectors.usearch: it is not a complete index", "vectors.usearch", file => Changed(file, Array.Clear, sum: true));
        Refused("ids.bin: it is damaged", "ids.bin", file => Changed(file, bytes => bytes[8] = 200, sum: true));
        Refused("ids.bin: it is damaged", "ids.bin", file => Changed(file, bytes => bytes.AsSpan(0, 8).Fill(255), sum: true));
        Refused("goes on after 399 ids", "store.json", _ => Change("\"Count\":400", "\"Count\":399"));
        Refused("ids.bin: it is damaged", "store.json", _ => Change("\"Count\":400", "\"Count\":401"));
        Assert.Throws<ArgumentOutOfRangeException>(() => HnswVectorStore.Open(_folder.At("fresh"), threads: 0));

        void Refused(string because, string name, Action<string> damage)
        {
            store.Save(Place);
            damage(Path.Combine(Place, name));
            Assert.Contains(because, Assert.Throws<InvalidDataException>(() => HnswVectorStore.Open(Place)).Message);
            store.Save(_folder.At("fresh"));
            Directory.Delete(Place, recursive: true);
        }
    }

    private void Change(string old, string changed)
    {
        var text = File.ReadAllText(_folder.At("index/store.json"));
        Assert.Contains(old, text);
        File.WriteAllText(_folder.At("index/store.json"), text.Replace(old, changed));
    }

    private void Changed(string file, Action<byte[]> change, bool sum = false)
    {
        var (bytes, before) = (File.ReadAllBytes(file), HnswDescription.Sum(file));
        change(bytes);
        File.WriteAllBytes(file, bytes);
        if (sum)
            Change(before, HnswDescription.Sum(file));
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
