using System.Text;
using Contrastive.Retrieval;
using Contrastive.Tests.Data;
using Contrastive.Tests.Losses;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Retrieval;

public sealed class VectorFileTests
{
    /// <summary>The bytes of <c>numpy.save("x.npy", numpy.array([[1, 2], [3, 4]], dtype="float32"))</c>, NumPy 1.24.</summary>
    [Fact]
    public void The_file_is_the_one_that_NumPy_writes()
    {
        using var folder = new TemporaryFolder();
        VectorFile.Write(folder.At("x.npy"), [tensor(new float[,] { { 1, 2 } }), tensor(new float[,] { { 3, 4 } })]);
        var header = "{'descr': '<f4', 'fortran_order': False, 'shape': (2, 2), }".PadRight(117) + "\n";
        byte[] expected = [0x93, .. "NUMPY\u0001\0v\0"u8, .. Encoding.ASCII.GetBytes(header), .. new float[] { 1, 2, 3, 4 }.SelectMany(BitConverter.GetBytes)];
        Assert.Equal(expected, File.ReadAllBytes(folder.At("x.npy")));
    }

    [Fact]
    public void Nothing_is_left_and_the_old_file_stays_when_a_vector_is_bad()
    {
        using var folder = new TemporaryFolder();
        folder.Write("x.npy", [1, 2, 3]);
        BadInput.Refused("Row 3 of batches", () => VectorFile.Write(folder.At("x.npy"), [ones(2, 2), ones(2, 2) * tensor(new[] { 1, float.NaN }).unsqueeze(1)]));
        BadInput.Refused("[1, 3]", () => VectorFile.Write(folder.At("x.npy"), [ones(2, 2), ones(1, 3)]));
        BadInput.Refused("no vector", () => VectorFile.Write(folder.At("x.npy"), []));
        Assert.Equal(["x.npy"], folder.Names);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(folder.At("x.npy")));
    }

    [Fact]
    public void A_damaged_or_different_file_is_refused_with_its_name()
    {
        using var folder = new TemporaryFolder();
        VectorFile.Write(folder.At("x.npy"), [ones(3, 2)]);
        var whole = File.ReadAllBytes(folder.At("x.npy"));
        Refused("need 152", whole[..^1]);
        Refused("need 152", [.. whole, 0]);
        Refused("not a .npy", whole[..4]);
        Refused("ends in its header", whole[..50]);
        Refused("3000000000 vectors of 2", Replaced("(3, 2)", "(3000000000, 2)"));
        Refused("3 vectors of 0", Replaced("(3, 2)", "(3, 0)"));
        Refused("not a .npy", "just some text, no vectors"u8.ToArray());
        Refused("astype('float32')", Replaced("<f4", "<f8"));
        Refused("C order", Replaced("False,", "True, "));

        byte[] Replaced(string text, string other) => Encoding.Latin1.GetBytes(Encoding.Latin1.GetString(whole).Replace(text, other, StringComparison.Ordinal));

        void Refused(string expected, byte[] bytes)
        {
            var message = Assert.Throws<InvalidDataException>(() => ExactIndex.Open(folder.Write("bad.npy", bytes))).Message;
            Assert.Contains(expected, message, StringComparison.Ordinal);
            Assert.Contains("bad.npy", message, StringComparison.Ordinal);
        }
    }
}
