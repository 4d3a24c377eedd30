using System.IO.Compression;
using Contrastive.Weights;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Weights;

public sealed class TorchScriptTests : IDisposable
{
    private static readonly string Fixture = Path.Combine(AppContext.BaseDirectory, "Weights/Fixtures/script.pt");

    private readonly string _folder = Directory.CreateTempSubdirectory("torch-script-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Parameters_and_buffers_have_the_names_of_the_state_dictionary()
    {
        using var file = WeightFile.Open(Fixture);
        string[] norm = ["weight", "bias", "running_mean", "running_var", "num_batches_tracked"];
        string[] expected =
        [
            "context_length", "layers.0.scale", "layers.0.mask", "layers.0.conv.weight", "layers.0.conv.bias",
            .. norm.Select(name => "layers.0.norm." + name), .. norm.Select(name => "layers.1.1." + name),
        ];
        Assert.Equal(expected.Order(), file.Names.Order());
    }

    [Fact]
    public void Numbers_types_and_views_are_those_that_PyTorch_wrote()
    {
        using var scope = NewDisposeScope();
        using var file = WeightFile.Open(Fixture);
        Check("layers.0.conv.weight", ScalarType.Float16, [2, 1, 2, 2], [0, 0.5, 1, 1.5, 2, 2.5, 3, 3.5]);
        Check("layers.0.mask", ScalarType.Float16, [3, 2], [0, 0.5, 1, 1.5, 2, 2.5]);
        Check("layers.1.1.running_var", ScalarType.Float16, [2], [0, 0.5]);
        Check("layers.0.scale", ScalarType.Float16, [], [0]);
        Check("context_length", ScalarType.Int64, [], [77]);

        void Check(string name, ScalarType type, long[] shape, double[] numbers)
        {
            var tensor = file.Read(name);
            Assert.Equal(type, tensor.dtype);
            Assert.Equal(shape, tensor.shape);
            Assert.Equal(numbers, tensor.to(ScalarType.Float64).flatten().data<double>().ToArray());
        }
    }

    [Fact]
    public void The_code_in_an_archive_is_not_even_opened()
    {
        var path = Path.Combine(_folder, "script.pt");
        File.Copy(Fixture, path);
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
        {
            foreach (var entry in zip.Entries.Where(entry => entry.FullName.Contains("/code/", StringComparison.Ordinal) || entry.Name == "constants.pkl").ToArray())
            {
                using var code = entry.Open();
                code.SetLength(0);
                code.Write("import os; os.system('touch contrastive-was-here')"u8);
            }
        }

        using var file = WeightFile.Open(path);
        using var length = file.Read("context_length");
        Assert.Equal(77, length.item<long>());
        Assert.False(File.Exists("contrastive-was-here"));
    }

    [Theory]
    [InlineData("posix", "system")]
    [InlineData("__torch", "Module")]
    [InlineData("torch.jit._pickle", "build_anything")]
    public void Another_class_than_TorchScripts_is_refused_by_name(string module, string name)
    {
        var pickle = new PickleBuilder().Raw(0x80, 2).Global(module, name).Op(')').Raw(0x81).Op('}').Op('b').End();
        Assert.Contains($"'{module}.{name}'", Refusal(pickle), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_of_another_kind_than_a_module_is_refused()
    {
        // Storages and containers may be named, but not made into objects.
        var storage = new PickleBuilder().Raw(0x80, 2).Global("torch", "FloatStorage").Op(')').Raw(0x81).End();
        Assert.Contains("makes an object of 'torch.FloatStorage'", Refusal(storage), StringComparison.Ordinal);
        var withArguments = Module().Number(1).Raw(0x85, 0x81).End();
        Assert.Contains("makes an object of '__torch__.M'", Refusal(withArguments), StringComparison.Ordinal);
        var called = Module().Op(')').Op('R').End();
        Assert.Contains("calls '__torch__.M'", Refusal(called), StringComparison.Ordinal);
        var packed = Module().Op(')').Raw(0x81).Number(1).Raw(0x85).Op('b').End();
        Assert.Contains("sets the attributes of an object", Refusal(packed), StringComparison.Ordinal);
    }

    [Fact]
    public void An_object_cannot_grow_by_its_own_attributes_again_and_again()
    {
        var pickle = Module().Op(')').Raw(0x81).Op('}').Text("a").Number(1).Op('s').Op('b');
        for (var i = 0; i < 40; i++)
            pickle = pickle.Op('2').Op('b');
        Assert.Contains("sets the attributes of an object twice", Refusal(pickle.End()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_module_within_itself_is_an_error()
    {
        var pickle = Module().Op(')').Raw(0x81).Raw((byte)'q', 0).Op('}').Text("self").Raw((byte)'h', 0).Op('s').Op('b').End();
        Assert.Contains("nested more than", Refusal(pickle), StringComparison.Ordinal);
    }

    [Fact]
    public void An_archive_cut_off_anywhere_is_an_error()
    {
        var bytes = File.ReadAllBytes(Fixture);
        var path = Path.Combine(_folder, "cut.pt");
        for (var length = 0; length < bytes.Length; length += 97)
        {
            File.WriteAllBytes(path, bytes[..length]);
            Assert.Throws<InvalidDataException>(() => WeightFile.Open(path).Dispose());
        }
    }

    private static PickleBuilder Module() => new PickleBuilder().Raw(0x80, 2).Global("__torch__", "M");

    private string Refusal(byte[] pickle) =>
        Assert.Throws<InvalidDataException>(() => WeightFile.Open(PickleBuilder.Archive(_folder, pickle)).Dispose()).Message;
}
