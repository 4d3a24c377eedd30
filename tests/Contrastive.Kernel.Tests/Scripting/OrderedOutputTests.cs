using Contrastive.Kernel.Scripting;
using Xunit;

namespace Contrastive.Kernel.Tests.Scripting;

public sealed class OrderedOutputTests
{
    /// <summary>A large output over a slow pipe once waited for a thread of the pool, all of which waited for the output.</summary>
    [Fact]
    public void The_timer_does_not_wait_while_something_is_being_sent()
    {
        using var sending = new ManualResetEventSlim();
        using var arrived = new ManualResetEventSlim();
        using var output = new OrderedOutput(new SlowOutput(sending, arrived));
        var cell = new Thread(() => output.Display("figure", new Dictionary<string, string>(), isUpdate: false));
        cell.Start();
        try
        {
            Assert.True(sending.Wait(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
            var timer = new Thread(output.FlushUnlessBusy) { IsBackground = true };
            timer.Start();
            Assert.True(timer.Join(TimeSpan.FromSeconds(30)), "The timer waits for the output.");
        }
        finally
        {
            arrived.Set();
            cell.Join();
        }
    }

    private sealed class SlowOutput(ManualResetEventSlim sending, ManualResetEventSlim arrived) : ICellOutput
    {
        public void Stream(string name, string text)
        {
        }

        public void Display(string displayId, IReadOnlyDictionary<string, string> content, bool isUpdate)
        {
            sending.Set();
            arrived.Wait(CancellationToken.None);
        }

        public void Result(IReadOnlyDictionary<string, string> content)
        {
        }

        public void Error(CellError error)
        {
        }
    }
}
