using Contrastive.Tests.Data;
using Contrastive.Torch;
using Xunit;

namespace Contrastive.Tests.Torch;

public sealed class WholeFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_replaced_when_the_new_one_is_whole_and_not_before()
    {
        WholeFile.WriteLines(_folder.At("a"), ["é", ""]);
        Assert.Equal("\u00e9\n\n"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
        Assert.Throws<InvalidOperationException>(() => WholeFile.Write(_folder.At("a"), file =>
        {
            file.Write("half"u8);
            file.Flush();
            Assert.Equal("\u00e9\n\n"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
            throw new InvalidOperationException();
        }));
        Assert.Equal("\u00e9\n\n"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
        WholeFile.Write(_folder.At("a"), file => file.Write("new"u8));
        Assert.Equal("new"u8.ToArray(), File.ReadAllBytes(_folder.At("a")));
        Assert.Equal(["a"], _folder.Names);
    }
}
