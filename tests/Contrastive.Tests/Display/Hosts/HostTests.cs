using Contrastive.Display;
using Contrastive.Tests.Runs;
using Microsoft.Data.Analysis;
using Microsoft.DotNet.Interactive;
using Xunit;
using static Contrastive.Display.Display;

namespace Contrastive.Tests.Display;

[Collection(ProcessState.Name)]
public sealed class HostTests
{
    [Fact]
    public void Gives_our_kernel_each_form_and_updates_under_the_same_id()
    {
        using var sink = new Sink();
        var handle = Show(Table.Of(["a"], [[1]]));
        handle.Update("two");
        Assert.Equal([handle.Id, handle.Id], sink.Shown.Select(shown => shown.Id));
        Assert.Equal([false, true], sink.Shown.Select(shown => shown.IsUpdate));
        Assert.Equal(["text/html", "text/plain"], sink.Shown[0].Content.Keys.Order());
        Assert.Equal("two", sink.Shown[1].Content["text/plain"]);
    }

    [Fact]
    public void Shows_a_data_frame_as_a_table_and_a_tensor_as_its_numbers()
    {
        using var sink = new Sink();
        using var tensor = TorchSharp.torch.tensor(new[] { 1.5f, 2 });
        Show(new DataFrame(new PrimitiveDataFrameColumn<int>("count", [1, 2])));
        Show(tensor);
        Assert.Equal("count\n─────\n    1\n    2", sink.Shown[0].Content["text/plain"]);
        Assert.Contains("1.5", sink.Shown[1].Content["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public void Speaks_to_NET_Interactive_by_the_names_of_its_types()
    {
        KernelInvocationContext.Current = new KernelInvocationContext();
        try
        {
            var first = Table.Of(["a"], [[1]]);
            var second = Table.Of(["a"], [[2]]);
            Show(first).Update(second);
            var displayed = Assert.Single(KernelInvocationContext.Current.Displayed);
            Assert.Equal([first, second], displayed.Values);
            Assert.Equal(["text/html", "text/plain"], displayed.MimeTypes);
            Show("text");
            var text = KernelInvocationContext.Current.Displayed[1];
            Assert.Equal(["text/plain"], text.MimeTypes);
            Assert.Equal("text", Shown.ByConvention(text.Values[0])["text/plain"]);
        }
        finally
        {
            KernelInvocationContext.Current = null;
        }
    }

    [Fact]
    public void Writes_text_where_there_is_only_a_console_and_only_what_has_changed()
    {
        var before = Console.Out;
        using var writer = new StringWriter { NewLine = "\n" };
        try
        {
            Console.SetOut(writer);
            var handle = Show("one");
            handle.Update("one");
            handle.Update("two");
        }
        finally
        {
            Console.SetOut(before);
        }

        Assert.Equal("one\ntwo\n", writer.ToString());
    }

    [Fact]
    public void A_handle_as_a_cells_last_expression_does_not_show_twice()
    {
        using var sink = new Sink();
        Assert.All(Shown.ByConvention(Show("x")).Values, Assert.Empty);
    }

    [Fact]
    public void Prefers_our_kernel_and_falls_back_on_the_console()
    {
        Assert.IsType<ConsoleHost>(DisplayHost.Current);
        using var sink = new Sink();
        Assert.IsType<SinkHost>(DisplayHost.Current);
    }
}
