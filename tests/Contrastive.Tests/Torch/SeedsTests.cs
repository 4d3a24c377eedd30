using Contrastive.Torch;
using Xunit;
using static TorchSharp.torch;

namespace Contrastive.Tests.Torch;

[Collection(DefaultGeneratorCollection.Name)]
public class SeedsTests
{
    [Fact]
    public void Give_the_same_numbers_from_the_same_root_and_name()
    {
        using var scope = NewDisposeScope();
        float Draw(long root, string name)
        {
            using var seeds = new Seeds(root);
            return rand(1, generator: seeds.Generator(name)).item<float>();
        }

        Assert.Equal(Draw(1, "views"), Draw(1, "views"));
        Assert.NotEqual(Draw(1, "views"), Draw(1, "batches"));
        Assert.NotEqual(Draw(1, "views"), Draw(2, "views"));
    }

    [Fact]
    public void Keep_a_stream_apart_from_the_others_and_seed_the_default_generator()
    {
        using var scope = NewDisposeScope();
        using var first = new Seeds(3);
        var initial = rand(1).item<float>();
        using var second = new Seeds(3);
        Assert.Equal(initial, rand(1).item<float>());
        rand(5, generator: first.Generator("other"));
        Assert.Equal(rand(1, generator: second.Generator("views")).item<float>(), rand(1, generator: first.Generator("views")).item<float>());
        Assert.Same(first.Generator("views"), first.Generator("views"));
        Assert.Equal(first.Seed("views"), second.Seed("views"));
        Assert.True(first.Seed("views") >= 0);
    }

    [Fact]
    public void Continue_where_their_state_was_taken()
    {
        using var scope = NewDisposeScope();
        using var seeds = new Seeds(3);
        rand(5, generator: seeds.Generator("views"));
        var state = seeds.State().ToDictionary(entry => entry.Key, entry => entry.Value);
        var expected = rand(1, generator: seeds.Generator("views")).item<float>();
        var late = rand(1, generator: seeds.Generator("late")).item<float>();
        using var resumed = new Seeds(3);
        rand(1, generator: resumed.Generator("late"));
        resumed.LoadState(state);
        Assert.Equal(expected, rand(1, generator: resumed.Generator("views")).item<float>());
        Assert.Equal(late, rand(1, generator: resumed.Generator("late")).item<float>());
    }
}
