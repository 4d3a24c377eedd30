using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Contrastive.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Weights;

public sealed class SafeTensorsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("safetensors");

    private string Path => System.IO.Path.Combine(_folder.FullName, "x.safetensors");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Gives_back_every_type_and_shape_that_was_written()
    {
        using var scope = NewDisposeScope();
        ScalarType[] types =
        [
            ScalarType.Float64, ScalarType.Float32, ScalarType.Float16, ScalarType.BFloat16, ScalarType.Int64,
            ScalarType.Int32, ScalarType.Int16, ScalarType.Int8, ScalarType.Byte, ScalarType.Bool,
        ];
        var tensors = types.ToDictionary(type => $"layer.{type}", type => (rand(2, 3) * 100).to(type));
        tensors["scalar"] = tensor(3.5f);
        tensors["empty"] = zeros(0, 4);
        tensors["transposed"] = arange(6, dtype: float32).view(2, 3).t();
        SafeTensors.Write(Path, tensors, new Dictionary<string, string> { ["format"] = "pt", ["quote"] = "\"Ä\"" });

        using var file = WeightFile.Open(Path);
        Assert.Equal(tensors.Keys.Order(), file.Names.Order());
        Assert.Equal("\"Ä\"", file.Metadata["quote"]);
        foreach (var (name, tensor) in file.ReadAll())
        {
            Assert.Equal(tensors[name].dtype, tensor.dtype);
            Assert.Equal(tensors[name].shape, tensor.shape);
            Assert.True(tensors[name].equal(tensor).all().item<bool>(), name);
        }

        Assert.Contains("'nothing'", Assert.Throws<KeyNotFoundException>(() => file.Read("nothing")).Message);
    }

    [Fact]
    public void Reads_bytes_laid_out_by_the_specification()
    {
        Raw("""{"__metadata__":{"made":"by hand"},"b":{"dtype":"I32","shape":[2],"data_offsets":[4,12]},"a":{"dtype":"F32","shape":[],"data_offsets":[0,4]}}  """,
            [0, 0, 0xC0, 0x3F, 1, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF]);
        using var file = WeightFile.Open(Path);
        using var scope = NewDisposeScope();
        Assert.Equal(["a", "b"], file.Names);
        Assert.Equal(1.5f, file.Read("a").item<float>());
        Assert.Equal([1, -1], file.Read("b").data<int>().ToArray());
        Assert.Equal("by hand", file.Metadata["made"]);
    }

    [Fact]
    public void Writes_an_aligned_header_that_the_specification_allows()
    {
        using var values = arange(3, dtype: float32);
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = values });
        var bytes = File.ReadAllBytes(Path);
        var length = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes);
        Assert.Equal(0, length % 8);
        Assert.Equal("""{"x":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", Encoding.UTF8.GetString(bytes, 8, length).TrimEnd());
        Assert.Equal(8 + length + 12, bytes.Length);
        Assert.Single(_folder.GetFiles());
    }

    [Theory]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"b":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "within the tensor before")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "belong to no tensor")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}""", "after the last")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]}}""", "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[-8,0]}}""", "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}}""", "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8,8]}}""", "outside")]
    [InlineData("""{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[-1,-2],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[4611686018427387904,4611686018427387904,4],"data_offsets":[0,8]}}""", "does not fit")]
    [InlineData("""{"a":{"dtype":"F32","shape":[99999999999999999999],"data_offsets":[0,8]}}""", "header")]
    [InlineData("""{"a":{"dtype":"Q4","shape":[2],"data_offsets":[0,8]}}""", "Q4")]
    [InlineData("""{"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]},"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}}""", "header")]
    [InlineData("""{"a":{"shape":[2],"data_offsets":[0,8]}}""", "header")]
    [InlineData("""{"a":[]}""", "header")]
    [InlineData("""{"__metadata__":{"step":3},"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""", "header")]
    [InlineData("""[]""", "header")]
    [InlineData("""{"a":""", "header")]
    public void Refuses_a_header_that_is_wrong(string header, string because)
    {
        Raw(header, new byte[8]);
        Assert.Contains(because, Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path)).Message);
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2, 3 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 127, 0 })]
    [InlineData(new byte[] { 255, 255, 255, 255, 255, 255, 255, 255, 0 })]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0, 0, 0, 0, 8, 8, 0, 0 })]
    public void Refuses_files_of_another_kind(byte[] bytes)
    {
        File.WriteAllBytes(Path, bytes);
        Assert.Contains(Path, Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path)).Message);
    }

    [Fact]
    public void Refuses_a_file_cut_anywhere()
    {
        using var values = arange(5, dtype: float64);
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = values });
        var bytes = File.ReadAllBytes(Path);
        for (var length = 0; length < bytes.Length; length++)
        {
            File.WriteAllBytes(Path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path));
        }
    }

    [Fact]
    public void Refuses_a_header_of_more_than_a_hundred_megabytes_unread()
    {
        using (var sparse = File.Create(Path))
        {
            sparse.Write([0x01, 0xE1, 0xF5, 0x05, 0, 0, 0, 0, (byte)'{']); // 100,000,001
            sparse.SetLength(200_000_000);
        }

        Assert.Contains("Its header would have 100000001 bytes", Assert.Throws<InvalidDataException>(() => WeightFile.Open(Path)).Message);
    }

    [Fact]
    public void A_file_that_is_replaced_while_open_stays_what_it_was()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = arange(100_000) });
        using var file = WeightFile.Open(Path);
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = ones(2) });
        Assert.True(arange(100_000).equal(file.Read("x")).all().item<bool>());
        using var again = WeightFile.Open(Path);
        Assert.Equal([2], again.Read("x").shape);
    }

    [Fact]
    public void A_file_that_is_cut_while_open_is_an_error_and_not_the_end_of_the_process()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Elsewhere an open file cannot be cut.");
        using var scope = NewDisposeScope();
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = arange(100_000), ["y"] = arange(100_000) });
        using var file = WeightFile.Open(Path);
        file.Read("x");
        Assert.Equal(0, Truncate(Path, 5000));
        Assert.Contains("and has 5000 now: it was truncated", Assert.Throws<InvalidDataException>(() => file.Read("y")).Message);
    }

    [Fact]
    public void Reads_a_tensor_of_more_than_one_piece()
    {
        using var scope = NewDisposeScope();
        var large = arange((1 << 23) + 3, dtype: ScalarType.Int32);
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["a"] = large, ["b"] = ones(1, dtype: ScalarType.Int32) });
        using var file = WeightFile.Open(Path);
        Assert.True(large.equal(file.Read("a")).all().item<bool>());
        Assert.Equal(1, file.Read("b").item<int>());
    }

    [Fact]
    public void Leaves_the_old_file_where_the_new_one_cannot_be_written()
    {
        using var scope = NewDisposeScope();
        SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = ones(2) });
        var before = File.ReadAllBytes(Path);
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["x"] = ones(2, dtype: ScalarType.ComplexFloat32) }));
        Assert.Throws<ArgumentException>(() => SafeTensors.Write(Path, new Dictionary<string, Tensor> { ["__metadata__"] = ones(2) }));
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Single(_folder.GetFiles());
    }

    // .NET's own files do not let another open them for writing.
    [DllImport("libc", EntryPoint = "truncate", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Truncate(string path, nint length);

    private void Raw(string header, byte[] data)
    {
        var json = Encoding.UTF8.GetBytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(Path, [.. length, .. json, .. data]);
    }
}
