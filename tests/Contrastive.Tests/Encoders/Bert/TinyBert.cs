using System.Runtime.CompilerServices;
using System.Text.Json;
using Contrastive.Encoders;
using Contrastive.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace Contrastive.Tests.Encoders;

/// <summary>The tiny model that bert-reference.py wrote, and what PyTorch computed with it.</summary>
internal static class TinyBert
{
    private static readonly JsonElement Root = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder(), "tiny-bert.json"))).RootElement;

    public static string FirstRelease => Path.Combine(Folder(), "tiny-bert-first-release");

    public static string Current => Path.Combine(Folder(), "tiny-bert");

    public static BertEncoder Load(ScalarType type)
    {
        var encoder = new BertEncoder(BertConfig.Load(Path.Combine(FirstRelease, "config.json")));
        encoder.to(type);
        using var file = Weights();
        encoder.LoadWeights(file.Names, file.Read);
        encoder.eval();
        return encoder;
    }

    public static WeightFile Weights() => WeightFile.Open(Path.Combine(FirstRelease, "pytorch_model.bin"));

    public static TokenBatch Batch() => new(Integers("ids"), Integers("mask"), Integers("types"));

    public static Tensor Integers(string name)
    {
        var rows = Root.GetProperty(name).EnumerateArray().Select(row => row.EnumerateArray().Select(id => id.GetInt64()).ToArray()).ToArray();
        return tensor(rows.SelectMany(row => row).ToArray(), [rows.Length, rows[0].Length]);
    }

    public static double[] Numbers(string name) => [.. Root.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    public static double[][] States() => [.. Root.GetProperty("states").EnumerateArray().Select(state => state.EnumerateArray().Select(number => number.GetDouble()).ToArray())];

    public static double Number(string name) => Root.GetProperty(name).GetDouble();

    public static double Difference(double[] expected, Tensor actual)
    {
        using var flat = actual.detach().to(ScalarType.Float64).flatten().contiguous();
        return expected.Length == flat.numel() ? expected.Zip(flat.data<double>()).Max(pair => Math.Abs(pair.First - pair.Second)) : double.NaN;
    }

    /// <summary>The same for hidden states <c>[B, T, H]</c> of <see cref="Batch"/>; padding positions are ignored.</summary>
    public static double DifferenceAtTokens(double[] expected, Tensor actual)
    {
        var isToken = Integers("mask").flatten().nonzero().squeeze(1);
        var reference = tensor(expected, actual.shape).flatten(0, 1).index_select(0, isToken);
        return Difference([.. reference.data<double>()], actual.flatten(0, 1).index_select(0, isToken));
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Fixtures");
}
