using System.Globalization;
using System.Reflection;
using Lucene.Net.Index;
using static System.FormattableString;
using LuceneDirectory = Lucene.Net.Store.Directory;

namespace Contrastive.Retrieval;

/// <summary>What an index remembers of how it was built, beside Lucene's own files.</summary>
internal sealed class Bm25Manifest
{
    private const string Format = "1";

    private static readonly string Lucene = typeof(IndexWriter).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    private readonly Bm25Options _options;

    private Bm25Manifest(Bm25Options options) => _options = options;

    /// <summary>What is kept of the options, and the lengths of the files as they are committed.</summary>
    public static IDictionary<string, string> Entries(Bm25Options options, LuceneDirectory directory)
    {
        using var reader = DirectoryReader.Open(directory);
        return new Dictionary<string, string>
        {
            ["format"] = Format,
            ["lucene"] = Lucene,
            ["files"] = string.Join(' ', DataFiles(reader).Select(file => Invariant($"{file} {directory.FileLength(file)}"))),
            [nameof(Bm25Options.K1)] = options.K1.ToString("R", CultureInfo.InvariantCulture),
            [nameof(Bm25Options.B)] = options.B.ToString("R", CultureInfo.InvariantCulture),
            [nameof(Bm25Options.TieBreaker)] = options.TieBreaker.ToString("R", CultureInfo.InvariantCulture),
            [nameof(Bm25Options.Fields)] = options.Fields.ToString(),
            [nameof(Bm25Options.Analyzer)] = options.Analyzer.ToString(),
            [nameof(Bm25Options.KeepsPassages)] = options.KeepsPassages.ToString(),
        };
    }

    /// <summary>Opens Lucene's part, with errors that say what to do.</summary>
    public static DirectoryReader Open(LuceneDirectory directory, string name)
    {
        try
        {
            return DirectoryReader.Open(directory);
        }
        catch (IndexNotFoundException error)
        {
            throw new InvalidDataException($"{name}: it holds no index; make one with Bm25Index.Build.", error);
        }
        catch (Exception error) when (error is IndexFormatTooNewException or IndexFormatTooOldException)
        {
            throw new InvalidDataException($"{name}: another version of Lucene wrote this index ({error.Message}); this is Lucene.Net {Lucene}: build it again.", error);
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or ArgumentException or FormatException)
        {
            throw new InvalidDataException($"{name}: the index is damaged ({error.Message}); build it again.", error);
        }
    }

    public static Bm25Manifest Read(DirectoryReader reader, string name)
    {
        var entries = reader.IndexCommit.UserData;
        string Entry(string key) => entries.TryGetValue(key, out var value)
            ? value
            : throw new InvalidDataException($"{name}: it is an index of Lucene, but Bm25Index did not make it ('{key}' is missing); build one with Bm25Index.Build.");
        foreach (var (key, ours) in ((string, string)[])[("format", Format), ("lucene", Lucene)])
        {
            if (Entry(key) != ours)
                throw new InvalidDataException($"{name}: the index has {key} {Entry(key)}, this library {ours}; build it again.");
        }

        CheckLengths(reader, Entry("files").Split(' '), name);
        return new Bm25Manifest(new Bm25Options
        {
            K1 = double.Parse(Entry(nameof(Bm25Options.K1)), CultureInfo.InvariantCulture),
            B = double.Parse(Entry(nameof(Bm25Options.B)), CultureInfo.InvariantCulture),
            TieBreaker = double.Parse(Entry(nameof(Bm25Options.TieBreaker)), CultureInfo.InvariantCulture),
            Fields = Enum.Parse<Bm25Fields>(Entry(nameof(Bm25Options.Fields))),
            Analyzer = Enum.Parse<Bm25Analyzer>(Entry(nameof(Bm25Options.Analyzer))),
            KeepsPassages = bool.Parse(Entry(nameof(Bm25Options.KeepsPassages))),
        });
    }

    /// <summary>The options to search with: those asked for, where the index as it was built allows them.</summary>
    public Bm25Options Opened(string name, Bm25Options? asked)
    {
        if (asked is null)
            return _options;
        if (asked.Fields != _options.Fields)
            throw Differs(name, nameof(asked.Fields), _options.Fields, asked.Fields);
        if (asked.Analyzer != _options.Analyzer)
            throw Differs(name, nameof(asked.Analyzer), _options.Analyzer, asked.Analyzer);
        if (asked.KeepsPassages != _options.KeepsPassages)
            throw Differs(name, nameof(asked.KeepsPassages), _options.KeepsPassages, asked.KeepsPassages);
        return asked;
    }

    // Lucene notices some of the truncated files only when a search comes to what is missing.
    private static void CheckLengths(DirectoryReader reader, string[] files, string name)
    {
        foreach (var file in files.Chunk(2))
        {
            var length = reader.Directory.FileLength(file[0]).ToString(CultureInfo.InvariantCulture);
            if (length != file[1])
                throw new InvalidDataException($"{name}: the index is damaged ({file[0]} has {length} bytes, expected {file[1]}); build it again.");
        }
    }

    // The file of the commit itself, segments_N, is the one that is written last; Lucene checks its sum.
    private static IEnumerable<string> DataFiles(DirectoryReader reader) =>
        reader.IndexCommit.FileNames.Where(file => !file.StartsWith("segments", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    private static InvalidDataException Differs(string name, string option, object built, object asked) =>
        new($"{name}: the index was built with {option} {built}, and is opened with {asked}; build it again, or open it with {built}.");
}
