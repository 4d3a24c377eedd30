using System.Runtime.CompilerServices;
using Contrastive.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Weights;

public sealed class TorchFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("torch-file-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("state.pt")]
    [InlineData("state-legacy.bin")]
    public void Reads_every_type_shape_and_view_that_PyTorch_wrote(string name)
    {
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(Fixture(name));
        var tensors = file.ReadAll();
        Check(tensors["weight"], ScalarType.Float32, [2, 3], [0, 1, 2, 3, 4, 5]);
        ScalarType[] types = [ScalarType.Float64, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64, ScalarType.Int32, ScalarType.Int16, ScalarType.Int8];
        foreach (var type in types)
            Check(tensors[type.ToString().ToLowerInvariant()], type, [4], [0, 1, 2, 3]);
        Check(tensors["uint8"], ScalarType.Byte, [4], [0, 1, 2, 3]);
        Check(tensors["bool"], ScalarType.Bool, [4], [0, 1, 1, 1]);
        Check(tensors["scalar"], ScalarType.Float32, [], [2.5]);
        Check(tensors["empty"], ScalarType.Float32, [0, 3], []);
        Check(tensors["transposed"], ScalarType.Float32, [6, 4], [.. Enumerable.Range(0, 24).Select(i => (double)(i % 4 * 6 + i / 4))]);
        Check(tensors["window"], ScalarType.Float32, [2, 3], [8, 9, 10, 14, 15, 16]);
        Check(tensors["column"], ScalarType.Float32, [4], [3, 9, 15, 21]);
        Check(tensors["expanded"], ScalarType.Float32, [2, 2], [7, 7, 7, 7]);
        Check(tensors["parameter"], ScalarType.Float64, [2], [0.5, 0.5]);
        Assert.Equal(17, tensors.Count);
    }

    [Fact]
    public void Tensors_that_share_a_storage_get_memory_of_their_own()
    {
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(Fixture("state.pt"));
        var (window, column) = (file.Read("window"), file.Read("column"));
        window.zero_();
        Assert.Equal([3f, 9f, 15f, 21f], column.data<float>());
        Assert.Equal(6, window.numel());
    }

    [Fact]
    public void Finds_a_state_dictionary_within_a_checkpoint()
    {
        using var file = WeightFile.Open(Fixture("checkpoint.pt"));
        Assert.Equal(
            ["model.0.weight", "model.0.bias", "model.1.weight", "model.1.bias", "model.1.running_mean", "model.1.running_var", "model.1.num_batches_tracked"],
            file.Names);
        using var weight = file.Read("model.0.weight");
        Assert.Equal([1f, 2f], weight.data<float>());
        Assert.Contains("has no tensor 'bias'", Assert.Throws<KeyNotFoundException>(() => file.Read("bias")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("code.pt", "'posix.system'")]
    [InlineData("code-legacy.bin", "'posix.system'")]
    [InlineData("whole-module.pt", "'torch.nn.modules.container.Sequential'")]
    public void Refuses_a_pickle_with_code_in_it_and_names_it(string name, string refused)
    {
        var error = Assert.Throws<InvalidDataException>(() => WeightFile.Open(Fixture(name)));
        Assert.Contains(refused, error.Message, StringComparison.Ordinal);
        Assert.Contains("nothing in a file is ever run", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists("contrastive-was-here"));
    }

    [Fact]
    public void Refuses_code_in_a_bare_pickle_too()
    {
        var path = Path.Combine(_folder, "pytorch_model.bin");
        File.WriteAllBytes(path, new PickleBuilder().Raw(0x80, 4).Text("posix").Text("system").Raw(0x93).Text("touch contrastive-was-here").Raw(0x85).Op('R').End());
        Assert.Contains("'posix.system'", Open(path).Message, StringComparison.Ordinal);
        File.WriteAllBytes(path, new PickleBuilder().Raw(0x80, 4).Op('}').Raw(0x94).End());
        Assert.Contains("it was not written by torch.save", Open(path).Message, StringComparison.Ordinal);
        Assert.Contains(path, Open(path).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("builtins", "eval")]
    [InlineData("torch", "load")]
    [InlineData("torch._utils", "_rebuild_tensor_v2.__globals__")]
    [InlineData("torch", "cuda.os.system")]
    [InlineData("collections", "OrderedDict ")]
    public void Refuses_every_other_name(string module, string name)
    {
        var pickle = new PickleBuilder().Raw(0x80, 2).Op('}').Text("w").Global(module, name).Op('s').End();
        Assert.Contains($"'{module}.{name}'", Refusal(pickle).Message, StringComparison.Ordinal);
        var stackGlobal = new PickleBuilder().Raw(0x80, 4).Op('}').Text("w").Text(module).Text(name).Raw(0x93).Op('s').End();
        Assert.Contains($"'{module}.{name}'", Refusal(stackGlobal).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(4, 0, new long[] { 5 }, new long[] { 1 })] // too long
    [InlineData(4, 1, new long[] { 4 }, new long[] { 1 })] // beyond the end
    [InlineData(4, -1, new long[] { 2 }, new long[] { 1 })]
    [InlineData(4, 3, new long[] { 2 }, new long[] { -1 })]
    [InlineData(4, 0, new long[] { -2 }, new long[] { 1 })]
    [InlineData(4, 0, new long[] { 2, 2 }, new long[] { 1 })]
    [InlineData(4, 0, new long[] { long.MaxValue, 2 }, new long[] { long.MaxValue, 1 })] // overflows
    public void Refuses_a_view_beyond_its_storage(long count, long offset, long[] shape, long[] strides)
    {
        var error = Refusal(PickleBuilder.OneTensor(count, offset, shape, strides), new byte[16]);
        Assert.Contains("does not lie within its storage '0'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_a_storage_that_is_missing_or_of_another_length()
    {
        var pickle = PickleBuilder.OneTensor(4, 0, [4], [1]);
        Assert.Contains("lacks the storage '0'", Refusal(pickle).Message, StringComparison.Ordinal);
        Assert.Contains("15 bytes where its 4 numbers need 16", Refusal(pickle, new byte[15]).Message, StringComparison.Ordinal);
        var huge = PickleBuilder.OneTensor(long.MaxValue, 0, [4], [1]);
        Assert.Contains("not a tensor storage", Refusal(huge, new byte[16]).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_compressed_storages_and_a_foreign_byte_order()
    {
        var pickle = PickleBuilder.OneTensor(400, 0, [4], [1]);
        Assert.Contains("is compressed", Open(PickleBuilder.Archive(_folder, pickle, new byte[1600], compressed: true)).Message, StringComparison.Ordinal);
        Assert.Contains("byte order is 'big'", Open(PickleBuilder.Archive(_folder, pickle, new byte[1600], byteOrder: "big")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Refuses_pickles_that_contradict_themselves()
    {
        byte[][] pickles =
        [
            [0x80, 2], // truncated
            [0x80, 2, (byte)'.'], // nothing on the stack
            [0x80, 2, (byte)'}', (byte)'t', (byte)'.'], // no mark
            [0x80, 2, (byte)'}', (byte)'h', 9, (byte)'.'], // nothing memoized under 9
            [0x80, 2, (byte)'N', (byte)'N', (byte)'s', (byte)'.'], // not a dictionary
            [0x80, 2, (byte)'X', 0xFF, 0xFF, 0xFF, 0x7F, (byte)'.'], // a text of two gigabytes
            [0x80, 2, (byte)'(', (byte)'}', (byte)'K', 1, (byte)'u', (byte)'.'],
            [0x80, 2, (byte)'}', (byte)'R', (byte)'.'],
            [0x80, 2, (byte)'i', (byte)'.'], // INST, which creates objects
            [0x80, 2, (byte)'}', (byte)'}', (byte)'}', 0x81, (byte)'.'], // NEWOBJ
            [0x80, 2, (byte)']', (byte)'}', (byte)'b', (byte)'.'], // BUILD on a list
        ];
        foreach (var pickle in pickles)
            Assert.IsType<InvalidDataException>(Refusal(pickle));
    }

    [Fact]
    public void Says_when_a_file_holds_no_state_dictionary()
    {
        Assert.Contains("holds no state dictionary", Open(Fixture("tensor.pt")).Message, StringComparison.Ordinal);
        // A dictionary that contains itself.
        var endless = new PickleBuilder().Raw(0x80, 2).Op('}').Raw((byte)'q', 0).Text("x").Raw((byte)'h', 0).Op('s').End();
        Assert.Contains("nested more than", Refusal(endless).Message, StringComparison.Ordinal);
        var twice = PickleBuilder.OneTensor(4, 0, [4], [1])[2..^1];
        byte[] pickle = [0x80, 2, .. twice, .. twice[1..], (byte)'.'];
        Assert.Contains("Two tensors are named 'w'", Refusal(pickle, new byte[16]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("state.pt")]
    [InlineData("state-legacy.bin")]
    public void A_file_cut_off_anywhere_is_an_error_and_never_half_read(string name)
    {
        var bytes = File.ReadAllBytes(Fixture(name));
        var path = Path.Combine(_folder, name);
        for (var length = 0; length < bytes.Length; length += 37)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => WeightFile.Open(path).Dispose());
        }
        Assert.Throws<FileNotFoundException>(() => WeightFile.Open(path + ".missing"));
    }

    private InvalidDataException Refusal(byte[] pickle, byte[]? storage = null) => Open(PickleBuilder.Archive(_folder, pickle, storage));

    private static InvalidDataException Open(string path) => Assert.Throws<InvalidDataException>(() => WeightFile.Open(path).Dispose());

    private static void Check(Tensor tensor, ScalarType type, long[] shape, double[] numbers)
    {
        Assert.Equal(type, tensor.dtype);
        Assert.Equal(shape, tensor.shape);
        Assert.Equal(numbers.Length, tensor.numel());
        if (numbers.Length > 0)
            Assert.Equal(numbers, tensor.to(ScalarType.Float64).flatten().data<double>().ToArray());
    }

    private static string Fixture(string name, [CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "Fixtures", name);
}
